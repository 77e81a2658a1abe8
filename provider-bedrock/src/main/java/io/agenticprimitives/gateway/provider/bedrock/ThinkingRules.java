package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Thinking;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Vendor;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Tells models how long to think, each in its own words, and takes back what they refuse beside
/// it.
record ThinkingRules(Reports reports, ModelTraits traits) {
  private static final String PATH = "reasoning_effort";
  private static final String FIELD = "thinking";
  private static final String NOVA_FIELD = "reasoningConfig";

  /// The least that Claude takes.
  private static final int LEAST_BUDGET = 1024;

  private static final double LEAST_TOP_P = 0.95;

  private static final Map<String, Integer> BUDGETS =
      Map.of("low", LEAST_BUDGET, "medium", 2048, "high", 4096);

  /// Efforts that some callers have a word for and most models do not.
  private static final Map<String, String> NEAREST =
      Map.of("minimal", "low", "xhigh", "high", "max", "high");

  /// Applies the caller's effort.
  void effort(String asked, Tuning tuning) {
    if (asked.equals("none") && traits.thinking() != Thinking.EFFORT) {
      return;
    }
    switch (traits.thinking()) {
      case NONE -> reports.dropped(PATH, "This model has no setting for it.");
      case EFFORT -> {
        if (isFree("reasoning_effort", tuning)) {
          known(asked, word -> tuning.modelFields().put("reasoning_effort", word));
        }
      }
      case NOVA_EFFORT -> {
        if (isFree(NOVA_FIELD, tuning)) {
          known(asked, word -> nova(word, tuning.modelFields()));
        }
      }
      case BUDGET -> {
        if (isFree(FIELD, tuning)) {
          known(asked, word -> budget(BUDGETS.getOrDefault(word, LEAST_BUDGET), tuning));
        }
      }
      case ADAPTIVE -> adaptive(asked, tuning);
    }
  }

  private boolean isFree(String field, Tuning tuning) {
    boolean free = !tuning.modelFields().has(field);
    if (!free) {
      reports.dropped(PATH, "The request sets '" + field + "' itself.");
    }
    return free;
  }

  private void known(String asked, Consumer<String> use) {
    String word = NEAREST.getOrDefault(asked, asked);
    if (!BUDGETS.containsKey(word)) {
      reports.dropped(PATH, "This model has no effort '" + asked + "'.");
      return;
    }
    if (!word.equals(asked)) {
      reports.changed(PATH, "This model has no effort '" + asked + "'; it is '" + word + "'.");
    }
    use.accept(word);
  }

  private static void nova(String word, ObjectNode fields) {
    fields.putObject(NOVA_FIELD).put("type", "enabled").put("maxReasoningEffort", word);
  }

  private void budget(int wanted, Tuning tuning) {
    OptionalInt limit = tuning.inference().maxTokens();
    int budget = Math.min(wanted, limit.orElse(Integer.MAX_VALUE) - 1);
    if (budget < LEAST_BUDGET) {
      reports.dropped(
          PATH, "This model thinks only if max_tokens is over " + LEAST_BUDGET + " tokens.");
      return;
    }
    reports.changed(PATH, "This model is given a budget of " + budget + " tokens to think.");
    tuning.modelFields().putObject(FIELD).put("type", "enabled").put("budget_tokens", budget);
  }

  private void adaptive(String asked, Tuning tuning) {
    String word = asked.equals("minimal") ? "low" : asked;
    if (!word.equals(asked)) {
      reports.changed(PATH, "This model has no effort '" + asked + "'; it is 'low'.");
    }
    tuning.effort(word);
    if (!tuning.modelFields().has(FIELD)) {
      tuning.modelFields().putObject(FIELD).put("type", "adaptive");
    }
  }

  /// Takes back what the model refuses while it thinks.
  ///
  /// @param turns as they are sent
  void settle(Tuning tuning, List<Turn> turns) {
    if (traits.vendor() == Vendor.AMAZON) {
      settleNova(tuning);
    }
    String type = tuning.modelFields().path(FIELD).path("type").asText("");
    if (traits.vendor() != Vendor.ANTHROPIC || type.isEmpty() || type.equals("disabled")) {
      return;
    }
    if (type.equals("enabled") && lacksReasoning(turns)) {
      reports.dropped(
          FIELD,
          "This model thinks in the middle of tool calls only if the reasoning before its calls is"
              + " sent back.");
      tuning.modelFields().remove(FIELD);
    } else {
      settleClaude(tuning);
    }
  }

  private void settleClaude(Tuning tuning) {
    if (tuning.inference().temperature().orElse(1) != 1) {
      reports.dropped("temperature", "This model takes no temperature while it thinks.");
      tuning.inference(tuning.inference().withoutTemperature());
    }
    if (tuning.inference().topP().orElse(1) < LEAST_TOP_P) {
      reports.dropped("top_p", "This model takes no top_p under 0.95 while it thinks.");
      tuning.inference(tuning.inference().withoutTopP());
    }
    if (tuning.modelFields().remove("top_k") != null) {
      reports.dropped("top_k", "This model takes no top_k while it thinks.");
    }
    if (tuning.isForced()) {
      reports.dropped("tool_choice", "This model cannot be made to call a tool while it thinks.");
      tuning.clearChoice();
    }
  }

  /// Nova takes no limits beside its highest effort (UKGovernmentBEIS/inspect_ai#3767).
  private void settleNova(Tuning tuning) {
    String effort = tuning.modelFields().path(NOVA_FIELD).path("maxReasoningEffort").asText("");
    if (!effort.equals("high")) {
      return;
    }
    if (tuning.inference().maxTokens().isPresent()) {
      reports.dropped("max_tokens", "This model takes no limit beside its highest effort.");
    }
    if (tuning.inference().temperature().isPresent()) {
      reports.dropped("temperature", "This model takes no temperature beside its highest effort.");
    }
    if (tuning.inference().topP().isPresent()) {
      reports.dropped("top_p", "This model takes no top_p beside its highest effort.");
    }
    tuning.inference(tuning.inference().withoutMaxTokens().withoutTemperature().withoutTopP());
  }

  /// Whether the model waits for results and its calls are not led by reasoning ("Expected
  /// `thinking` or `redacted_thinking`, but found `text`", pydantic/pydantic-ai#2453).
  private static boolean lacksReasoning(List<Turn> turns) {
    boolean answers =
        !turns.isEmpty()
            && turns.getLast().pieces().stream().anyMatch(Piece.Result.class::isInstance);
    if (!answers || turns.size() < 2) {
      return false;
    }
    Turn calls = turns.get(turns.size() - 2);
    return calls.pieces().isEmpty() || !calls.pieces().getFirst().isReasoning();
  }
}
