package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Opening, serving many at once, closing.
final class LifeRules {
  private static final int CALLS = 32;

  private final LlmBackendContract contract;

  LifeRules(LlmBackendContract contract) {
    this.contract = contract;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("it opens while its upstream is down", this::opensAlone));
    rules.add(new Rule("closing it twice is no harm", this::closesTwice));
    contract
        .dialect()
        .ifPresentOrElse(
            dialect ->
                rules.add(
                    new Rule("calls side by side get their own answers", () -> many(dialect))),
            () -> rules.add(new Rule("calls side by side are served", this::many)));
    return rules;
  }

  private void opensAlone() {
    URI nobody = URI.create("http://127.0.0.1:" + ScriptedUpstream.refusedPort());
    Trial.open(contract, nobody).close();
  }

  private void closesTwice() {
    try (Trial trial = new Trial(contract)) {
      trial.backend().close();
    }
  }

  /// All of them are under way at once before the first one is answered.
  private void many(UpstreamDialect dialect) throws Exception {
    try (Trial trial = new Trial(contract);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Gate gate = new Gate();
      trial.upstream().onRequest(request -> answer(dialect, request, gate));
      List<Future<String>> answers = ask(trial.backend(), callers);
      for (int i = 0; i < CALLS; i++) {
        trial.request();
      }
      gate.open();
      for (int i = 0; i < CALLS; i++) {
        Advice.requireEqual(
            "Answer-" + name(i),
            answers.get(i).get(),
            "What one of %d calls at once was told".formatted(CALLS),
            "Keep nothing of a call in the backend; all of it belongs to the stream.");
      }
    }
  }

  private static String name(int call) {
    return "caller" + (char) ('a' + call / 26) + (char) ('a' + call % 26);
  }

  private static Script answer(UpstreamDialect dialect, RecordedRequest request, Gate gate) {
    String body = request.bodyText();
    int at = body.indexOf("caller");
    Advice.require(
        at >= 0,
        "The user's words did not reach the upstream: " + body,
        "Send the messages of the request.");
    String text = "Answer-" + body.substring(at, at + "caller".length() + 2);
    Body answer =
        Body.of(
            dialect.answer(UpstreamAnswer.saying(StopReason.END_TURN, text), Delivery.STREAMED));
    List<Step> steps = new ArrayList<>(answer.inPieces(answer.size()).steps());
    steps.add(0, new Step.AwaitGate(gate));
    return new Script(steps);
  }

  private static List<Future<String>> ask(LlmBackend backend, ExecutorService callers) {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String name = name(i);
      answers.add(
          callers.submit(
              () -> {
                try (var events =
                    new GrammarCheck(
                        backend.stream(
                            Requests.saying(name, Delivery.STREAMED), new RecordingCall()))) {
                  return Completion.of(events).text();
                }
              }));
    }
    return answers;
  }

  private void many() throws Exception {
    try (Trial trial = new Trial(contract);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> answer : ask(trial.backend(), callers)) {
        answer.get();
      }
    }
  }
}
