package io.agenticprimitives.gateway.provider.bedrock;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a model can do beyond what every model on Converse can. Where Bedrock does not document it,
/// the sources are reports of what the live service refuses; a model that nobody has reported on is
/// taken to refuse nothing.
///
/// @param vendor whose words the model's own fields are written in
/// @param toolChoices the words for a tool choice that it takes
/// @param besideResults what a message with tool results may hold besides
/// @param toolsInStreams whether it calls tools while streaming
/// @param resultStatus whether a tool result can say that the tool failed
/// @param cachedMembers where cache points may stand
/// @param schemas whether the form of its answers can be set by a schema
/// @param thinking how it is told to think
/// @param eitherTemperatureOrTopP whether it refuses the two together
/// @param shortCallIds whether ids of calls have exactly nine letters and digits
record ModelTraits(
    Vendor vendor,
    Set<ChoiceWord> toolChoices,
    BesideResults besideResults,
    boolean toolsInStreams,
    boolean resultStatus,
    Set<CachedMember> cachedMembers,
    boolean schemas,
    Thinking thinking,
    boolean eitherTemperatureOrTopP,
    boolean shortCallIds) {

  /// Families that have fields of their own.
  enum Vendor {
    ANTHROPIC,
    AMAZON,
    OPENAI,
    OTHER
  }

  /// The tool choices of Converse.
  enum ChoiceWord {
    AUTO,
    ANY,
    TOOL
  }

  /// What a message with tool results may hold besides.
  enum BesideResults {
    ANYTHING,
    NO_FILES,
    NOTHING
  }

  /// The parts of a request that have a list for cache points.
  enum CachedMember {
    TOOLS,
    SYSTEM,
    MESSAGES
  }

  /// The ways in which models are told to think.
  enum Thinking {
    /// They are not.
    NONE,
    /// Claude up to 4.5: a budget of tokens.
    BUDGET,
    /// Claude from 4.6 on: it thinks as much as it sees fit, bounded by an effort.
    ADAPTIVE,
    /// Nova 2: an effort in `reasoningConfig`.
    NOVA_EFFORT,
    /// gpt-oss: `reasoning_effort`.
    EFFORT
  }

  /// The ARNs that end in the id of a model; the others end in an id that says nothing.
  private static final Pattern SPEAKING_ARN =
      Pattern.compile(":(foundation-model|inference-profile)/");

  /// A model that nothing is known of.
  static final ModelTraits UNKNOWN =
      new ModelTraits(
          Vendor.OTHER,
          Set.of(ChoiceWord.values()),
          BesideResults.ANYTHING,
          true,
          true,
          Set.of(CachedMember.values()),
          true,
          Thinking.NONE,
          false,
          false);

  /// The traits of the model behind an id.
  ///
  /// @param modelId a model id, an inference profile id or an ARN
  /// @param baseModel the id of the model behind an ARN that does not show it, such as that of an
  ///   application inference profile, as the operator says; possibly empty. Where the model's own
  ///   id speaks, it counts
  static ModelTraits of(String modelId, String baseModel) {
    String id = (isSpeaking(modelId) ? modelId : baseModel).toLowerCase(Locale.ROOT);
    if (!isSpeaking(id)) {
      return UNKNOWN;
    }
    Optional<ModelTraits> claude = ClaudeTraits.of(id);
    if (claude.isPresent()) {
      return claude.get();
    }
    if (id.contains("nova")) {
      return nova(id.contains("nova-2"));
    }
    if (id.contains("gpt-oss")) {
      return plain(Vendor.OPENAI, Set.of(ChoiceWord.values()), true, Thinking.EFFORT);
    }
    if (id.contains("llama")) {
      return llama();
    }
    if (id.contains("mistral") || id.contains("mixtral")) {
      return mistral();
    }
    if (id.contains("titan") || id.contains("cohere") || id.contains("ai21")) {
      return plain(Vendor.OTHER, Set.of(ChoiceWord.AUTO), false, Thinking.NONE);
    }
    if (id.contains("deepseek") || id.contains("qwen") || id.contains("moonshot")) {
      return plain(Vendor.OTHER, Set.of(ChoiceWord.values()), true, Thinking.NONE);
    }
    return UNKNOWN;
  }

  private static boolean isSpeaking(String id) {
    return !id.startsWith("arn:") || SPEAKING_ARN.matcher(id).find();
  }

  private static ModelTraits nova(boolean second) {
    return new ModelTraits(
        Vendor.AMAZON,
        Set.of(ChoiceWord.values()),
        BesideResults.ANYTHING,
        true,
        true,
        // It refuses cache points among the tools (danny-avila/LibreChat#13838).
        Set.of(CachedMember.SYSTEM, CachedMember.MESSAGES),
        false,
        second ? Thinking.NOVA_EFFORT : Thinking.NONE,
        false,
        false);
  }

  private static ModelTraits llama() {
    return new ModelTraits(
        Vendor.OTHER,
        Set.of(),
        BesideResults.NOTHING,
        false,
        false,
        Set.of(),
        false,
        Thinking.NONE,
        false,
        false);
  }

  private static ModelTraits mistral() {
    return new ModelTraits(
        Vendor.OTHER,
        Set.of(ChoiceWord.AUTO, ChoiceWord.ANY),
        BesideResults.NOTHING,
        true,
        false,
        Set.of(),
        true,
        Thinking.NONE,
        false,
        true);
  }

  /// Neither caches nor a status of results.
  private static ModelTraits plain(
      Vendor vendor, Set<ChoiceWord> toolChoices, boolean schemas, Thinking thinking) {
    return new ModelTraits(
        vendor,
        toolChoices,
        BesideResults.ANYTHING,
        true,
        false,
        Set.of(),
        schemas,
        thinking,
        false,
        false);
  }
}
