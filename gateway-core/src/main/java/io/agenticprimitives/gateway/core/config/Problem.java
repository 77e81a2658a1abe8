package io.agenticprimitives.gateway.core.config;

import java.util.Optional;

/// Something that is wrong with the configuration.
///
/// @param file the file, or another origin in words
/// @param line counted from 1; 0 if the origin has no lines
/// @param path the key, `providers.llm.default` for instance; empty for the file as a whole
/// @param message what is wrong and what to write instead; never holds a secret
/// @param unsetVariable the name of the environment variable, if all that is wrong is that it is
///   not set
public record Problem(
    String file, int line, String path, String message, Optional<String> unsetVariable) {

  private static final int LONGEST = 1000;

  public Problem {
    path = printable(path);
    message = printable(message);
  }

  /// Whether all that is wrong is that an environment variable is not set.
  public boolean isUnsetVariable() {
    return unsetVariable.isPresent();
  }

  /// `gateway.yaml:12`.
  public String place() {
    return new ConfigNode.Position(file, line).toString();
  }

  /// Keys and values are the text of others: no control character of theirs reaches a terminal, and
  /// no page of theirs hides the message.
  private static String printable(String text) {
    String visible =
        text.codePoints().anyMatch(Character::isISOControl)
            ? text.replaceAll("\\p{Cntrl}+", " ")
            : text;
    return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "...";
  }
}
