package io.agenticprimitives.gateway.testkit.contract;

import static io.agenticprimitives.gateway.testkit.contract.Advice.requireEqual;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.testkit.Script;
import java.util.ArrayList;
import java.util.List;

/// What the upstream answers reaches the caller: all of it, in its order, however it is delivered.
final class AnswerRules {
  private static final String REMEDY =
      "Compare what UpstreamDialect.answer says with the events that the backend makes of it.";
  private static final ToolCall PARIS =
      new ToolCall("call_1", "lookup_weather", "{\"city_name\":\"Paris\"}");
  private static final ToolCall ROME =
      new ToolCall("call_2", "lookup_weather", "{\"city_name\":\"Rome\"}");

  private final LlmBackendContract contract;

  AnswerRules(LlmBackendContract contract) {
    this.contract = contract;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    contract.dialect().ifPresent(dialect -> add(rules, dialect));
    return rules;
  }

  private void add(List<Rule> rules, UpstreamDialect dialect) {
    UpstreamAnswer hello =
        UpstreamAnswer.saying(
            StopReason.END_TURN, "Hel", "lo, \"w\u00f6rld\" ", "\u2713\n\\n", "\ud83d\ude42.");
    add(rules, dialect, "text", hello);
    add(
        rules,
        dialect,
        "an answer at the limit of tokens",
        UpstreamAnswer.saying(StopReason.MAX_TOKENS, "Hel"));
    add(rules, dialect, "an answer without text", UpstreamAnswer.saying(StopReason.END_TURN));
    if (contract.can(Capability.REASONING)) {
      add(rules, dialect, "reasoning", hello.thinking("First ", "this."));
    }
    if (contract.can(Capability.TOOLS)) {
      add(rules, dialect, "a tool call", UpstreamAnswer.saying(StopReason.TOOL_USE).calling(PARIS));
      add(rules, dialect, "a tool call after text", hello.calling(PARIS));
    }
    if (contract.can(Capability.PARALLEL_TOOL_CALLS)) {
      add(rules, dialect, "parallel tool calls", hello.calling(PARIS, ROME));
    }
    if (contract.can(Capability.MODEL_LIST)) {
      rules.add(new Rule("models are listed in the upstream's order", () -> models(dialect)));
    }
  }

  private void add(List<Rule> rules, UpstreamDialect dialect, String what, UpstreamAnswer answer) {
    for (Delivery delivery : Delivery.values()) {
      String way = delivery == Delivery.WHOLE ? " in one piece" : " as a stream";
      Script script = dialect.answer(answer, delivery);
      rules.add(
          new Rule(what + way + " reaches the caller", () -> arrives(answer, delivery, script)));
      rules.add(
          new Rule(
              what + way + ", byte by byte, reaches the caller",
              () -> arrives(answer, delivery, Body.of(script).inPieces(1))));
    }
  }

  private void arrives(UpstreamAnswer answer, Delivery delivery, Script script) {
    try (Trial trial = new Trial(contract)) {
      check(answer, trial.answering(script).complete(request(delivery)));
    }
  }

  private CompletionRequest request(Delivery delivery) {
    Requests.Builder request = Requests.asking();
    return (contract.can(Capability.TOOLS) ? request.tools(Requests.WEATHER) : request)
        .delivered(delivery);
  }

  private void check(UpstreamAnswer answer, Completion got) {
    requireEqual(answer.said(), got.text(), "The text", REMEDY);
    requireEqual(answer.stopReason(), got.stopReason(), "The stop reason", REMEDY);
    requireEqual(String.join("", answer.reasoning()), got.reasoning(), "The reasoning", REMEDY);
    requireEqual(answer.toolCalls().size(), got.toolCalls().size(), "Tool calls", REMEDY);
    for (int i = 0; i < answer.toolCalls().size(); i++) {
      check(answer.toolCalls().get(i), got.toolCalls().get(i));
    }
    if (contract.can(Capability.USAGE)) {
      requireEqual(answer.usage().inputTokens(), got.usage().inputTokens(), "Input tokens", REMEDY);
      requireEqual(
          answer.usage().outputTokens(), got.usage().outputTokens(), "Output tokens", REMEDY);
    } else {
      Advice.require(
          !got.usage().isKnown(),
          "The usage is made up: " + got.usage(),
          "Declare Capability.USAGE, or give Usage.UNKNOWN.");
    }
  }

  private static void check(ToolCall said, ToolCall got) {
    requireEqual(said.name(), got.name(), "The name of a tool call", REMEDY);
    requireEqual(
        said.arguments().replace(" ", ""),
        got.arguments().replace(" ", ""),
        "The arguments of a tool call",
        REMEDY);
  }

  private void models(UpstreamDialect dialect) {
    List<String> names = List.of("model-b", "model-a", "vendor/model-c");
    try (Trial trial = new Trial(contract)) {
      Script list = dialect.models(names);
      trial.upstream().onRequest(_ -> list);
      List<String> listed =
          trial.backend().models(new RecordingCall()).stream().map(ModelInfo::name).toList();
      requireEqual(names, listed, "The models", REMEDY);
    }
  }
}
