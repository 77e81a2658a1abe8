package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.BesideResults;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.CachedMember;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.ChoiceWord;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Thinking;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Vendor;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The traits of the Claude models, which change with their version.
final class ClaudeTraits {

  /// `claude-3-5-sonnet-20240620`, `claude-sonnet-4-20250514` and `claude-sonnet-5`: the version is
  /// before or after the name, and its second part has one or two digits, a date has eight.
  private static final Pattern VERSION =
      Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?!\\d)(?:-(\\d{1,2})(?!\\d))?");

  private ClaudeTraits() {}

  /// @param id in lower case
  static Optional<ModelTraits> of(String id) {
    if (!id.contains("claude")) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(id);
    if (version.find()) {
      int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
      return Optional.of(ofVersion(Integer.parseInt(version.group(1)) * 100 + minor));
    }
    boolean first = id.contains("claude-v") || id.contains("claude-instant");
    return Optional.of(ofVersion(first ? 200 : Integer.MAX_VALUE));
  }

  /// @param version 405 is 4.5
  private static ModelTraits ofVersion(int version) {
    return new ModelTraits(
        Vendor.ANTHROPIC,
        Set.of(ChoiceWord.values()),
        BesideResults.NO_FILES,
        true,
        true,
        version >= 305 ? Set.of(CachedMember.values()) : Set.of(),
        version >= 405,
        version >= 406 ? Thinking.ADAPTIVE : version >= 307 ? Thinking.BUDGET : Thinking.NONE,
        version >= 405,
        false);
  }
}
