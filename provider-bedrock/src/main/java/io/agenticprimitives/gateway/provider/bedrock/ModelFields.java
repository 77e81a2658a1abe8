package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.ChoiceWord;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Vendor;
import java.util.Locale;

/// Sends those sampling values that Converse has no member for as the model's own fields, if it has
/// them.
record ModelFields(Reports reports, ModelTraits traits, ToolNames toolNames) {
  private static final String NO_FIELD = "Bedrock's Converse API has no field for it.";

  void apply(Sampling sampling, Tuning tuning) {
    sampling.topK().ifPresent(topK -> topK(topK, tuning.modelFields()));
    if (sampling.seed().isPresent()) {
      reports.dropped("seed", NO_FIELD);
    }
    if (sampling.presencePenalty().orElse(0) != 0) {
      reports.dropped("presence_penalty", NO_FIELD);
    }
    if (sampling.frequencyPenalty().orElse(0) != 0) {
      reports.dropped("frequency_penalty", NO_FIELD);
    }
    ThinkingRules thinking = new ThinkingRules(reports, traits);
    sampling.reasoningEffort().ifPresent(effort -> thinking.effort(effort, tuning));
  }

  private void topK(int topK, ObjectNode fields) {
    ObjectNode own = traits.vendor() == Vendor.AMAZON ? novaFields(fields) : fields;
    String name = traits.vendor() == Vendor.AMAZON ? "topK" : "top_k";
    if (traits.vendor() != Vendor.ANTHROPIC && traits.vendor() != Vendor.AMAZON) {
      reports.dropped("top_k", NO_FIELD);
    } else if (own.has(name)) {
      reports.dropped("top_k", "The request sets it in additionalModelRequestFields itself.");
    } else {
      own.put(name, topK);
    }
  }

  private static ObjectNode novaFields(ObjectNode fields) {
    return fields.get("inferenceConfig") instanceof ObjectNode present
        ? present
        : fields.putObject("inferenceConfig");
  }

  /// Keeps the model from calling several tools at once. Claude hears of it beside its tool choice,
  /// which must then not stand in `toolConfig` as well ("additional field tool_choice/type
  /// conflicts", BerriAI/litellm#36536).
  ///
  /// @param tuning with the final tool choice
  void oneCallAtATime(Tuning tuning) {
    String place = "parallel_tool_calls";
    if (traits.vendor() != Vendor.ANTHROPIC) {
      reports.dropped(place, "This model cannot be kept from calling several tools at once.");
    } else if (tuning.modelFields().has("tool_choice")) {
      reports.dropped(place, "The request sets the model's own field 'tool_choice' itself.");
    } else {
      ObjectNode choice = tuning.modelFields().putObject("tool_choice");
      choice.put("type", tuning.choiceWord().name().toLowerCase(Locale.ROOT));
      choice.put("disable_parallel_tool_use", true);
      tuning
          .choice()
          .filter(chosen -> chosen.word() == ChoiceWord.TOOL)
          .ifPresent(chosen -> choice.put("name", toolNames.toUpstream(chosen.tool())));
      tuning.clearChoice();
    }
  }
}
