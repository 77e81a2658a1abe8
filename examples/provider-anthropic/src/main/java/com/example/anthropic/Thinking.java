package com.example.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells Claude how hard to think: models from 4.6 on by an effort, those from 3.7 to 4.5 by a
/// budget of tokens, older ones not at all ("Adaptive thinking" and "Extended thinking" in the
/// API's documentation).
///
/// @param body of the request
record Thinking(Notes notes, ObjectNode body, String model) {
  private static final String PATH = "reasoning_effort";

  /// `claude-3-7-sonnet-20250219`, `claude-opus-4-1`, `claude-sonnet-5`. A date has eight digits.
  private static final Pattern VERSION =
      Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?!\\d)(?:[-.](\\d{1,2})(?!\\d))?");

  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private static final int LEAST_BUDGET = 1024;
  private static final Map<String, Integer> BUDGETS =
      Map.of("minimal", LEAST_BUDGET, "low", LEAST_BUDGET, "medium", 4096, "high", 16384);

  void apply(String effort) {
    if (body.has("thinking")) {
      notes.dropped(PATH, "The request sets 'thinking' itself.");
    } else if (effort.equals("none")) {
      body.putObject("thinking").put("type", "disabled");
    } else if (version() < 307) {
      notes.dropped(PATH, "This model does not think.");
    } else if (version() < 406) {
      budget(BUDGETS.getOrDefault(effort, BUDGETS.get("high")));
    } else {
      adaptive(effort.equals("minimal") ? "low" : effort, effort);
    }
  }

  /// 405 is 4.5; a name without a number is taken for one of the latest.
  private int version() {
    Matcher version = VERSION.matcher(model);
    if (!version.find()) {
      return Integer.MAX_VALUE;
    }
    int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    return Integer.parseInt(version.group(1)) * 100 + minor;
  }

  private void budget(int wanted) {
    int budget = Math.min(wanted, body.path("max_tokens").asInt() - 1);
    if (budget < LEAST_BUDGET) {
      notes.dropped(PATH, "This model thinks only if max_tokens is over " + LEAST_BUDGET + ".");
      return;
    }
    notes.changed(PATH, "This model is given a budget of " + budget + " tokens to think.");
    body.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
  }

  private void adaptive(String word, String asked) {
    if (!EFFORTS.contains(word) || body.path("output_config").has("effort")) {
      notes.dropped(PATH, "Anthropic has no such effort, or output_config sets one, too.");
      return;
    }
    if (!word.equals(asked)) {
      notes.changed(PATH, "Anthropic's least effort is 'low'.");
    }
    body.putObject("thinking").put("type", "adaptive");
    body.with("output_config").put("effort", word);
  }
}
