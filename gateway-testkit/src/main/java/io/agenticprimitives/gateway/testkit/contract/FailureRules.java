package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Failures of the upstream are told as what they are, in words that help.
final class FailureRules {
  private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 429, 500, 503);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(7);

  private final LlmBackendContract contract;

  FailureRules(LlmBackendContract contract) {
    this.contract = contract;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    contract.dialect().ifPresent(dialect -> add(rules, dialect));
    return rules;
  }

  private void add(List<Rule> rules, UpstreamDialect dialect) {
    for (int status : STATUSES) {
      rules.add(
          new Rule("a " + status + " is told as what it means", () -> status(dialect, status)));
    }
    for (int status : List.of(429, 503)) {
      rules.add(
          new Rule(
              "the Retry-After of a " + status + " is passed on",
              () -> retryAfter(dialect, status)));
    }
    rules.add(new Rule("an upstream that cannot be reached is told so", this::refused));
    nonsense()
        .forEach(
            (what, script) ->
                rules.add(
                    new Rule(
                        what + " is told as a failure of the upstream",
                        () -> noAnswer(what, script))));
    rules.add(
        new Rule("after a failure the backend serves the next call", () -> recovers(dialect)));
  }

  private static CompletionRequest request(Delivery delivery) {
    return Requests.asking().delivered(delivery);
  }

  private void status(UpstreamDialect dialect, int status) {
    for (Delivery delivery : Delivery.values()) {
      try (Trial trial = new Trial(contract)) {
        trial.answering(dialect.failure(status, "Marmalade is out"));
        String when = "The upstream answered " + status;
        BackendException failure = trial.failure(request(delivery), when);
        Advice.requireEqual(
            ErrorKind.ofUpstreamStatus(status),
            failure.kind(),
            when + ". The kind of the failure",
            "Use ErrorKind.ofUpstreamStatus, so that all backends mean the same.");
        Advice.require(
            status >= 500 || failure.message().contains("Marmalade is out"),
            when + " with a reason, and the caller is not told it: " + failure.message(),
            "Pass on the upstream's own message; clients search it for what they know.");
      }
    }
  }

  private void retryAfter(UpstreamDialect dialect, int status) {
    try (Trial trial = new Trial(contract)) {
      Script script =
          dialect
              .failure(status, "Later")
              .withHeader("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
      BackendException failure =
          trial
              .answering(script)
              .failure(request(Delivery.STREAMED), "The upstream answered later");
      Advice.requireEqual(
          Optional.of(RETRY_AFTER),
          failure.retryAfter(),
          "The time after which the upstream wants to be asked again",
          "Read the header Retry-After and use BackendException.withRetryAfter.");
    }
  }

  private void refused() {
    URI nobody = URI.create("http://127.0.0.1:" + ScriptedUpstream.refusedPort());
    try (Trial messages = new Trial(contract);
        LlmBackend backend = Trial.open(contract, nobody)) {
      try (var events = backend.stream(request(Delivery.STREAMED), new RecordingCall())) {
        throw Advice.breach(
            "Nobody listens, and there was an event: " + events.next(),
            "Throw ErrorKind.UNREACHABLE.");
      } catch (BackendException failure) {
        messages.checkMessage(failure);
        Advice.requireEqual(
            ErrorKind.UNREACHABLE,
            failure.kind(),
            "Nobody listens. The kind of the failure",
            "Use ErrorKind.UNREACHABLE: it may be tried again, at another backend too.");
      }
    }
  }

  private static Map<String, Script> nonsense() {
    Map<String, Script> answers = new LinkedHashMap<>();
    answers.put("an empty answer", bytes("application/json", ""));
    answers.put("an empty stream", bytes("text/event-stream", ""));
    answers.put("a page", bytes("text/html", "<html><title>Sign in</title></html>"));
    answers.put("half of a JSON value", bytes("application/json", "{\"a\":[1,"));
    answers.put("JSON about something else", bytes("application/json", "{\"weather\":\"fine\"}"));
    answers.put("JSON a million levels deep", bytes("application/json", "[".repeat(1_000_000)));
    answers.put("no HTTP", Script.of(new Step.SendRaw("220 mail.example ESMTP\r\n")));
    answers.put("a connection that is closed at once", Script.of(new Step.Close()));
    answers.put("a connection that is reset at once", Script.of(new Step.Reset()));
    return answers;
  }

  private static Script bytes(String type, String body) {
    return Script.bytes(200, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private void noAnswer(String what, Script script) {
    for (Delivery delivery : Delivery.values()) {
      try (Trial trial = new Trial(contract)) {
        trial.upstream().onRequest(_ -> script);
        String when = "The upstream answered with " + what;
        BackendException failure = trial.failure(request(delivery), when);
        Advice.require(
            failure.kind().blame() == ErrorKind.Blame.UPSTREAM,
            "%s, and that was told as %s: %s".formatted(when, failure.kind(), failure.message()),
            "Use ErrorKind.UPSTREAM_FAILURE for what is not an answer, CUT for half of one,"
                + " UNREACHABLE for none.");
      }
    }
  }

  private void recovers(UpstreamDialect dialect) {
    try (Trial trial = new Trial(contract)) {
      for (Script script : nonsense().values()) {
        trial.upstream().onRequest(_ -> script);
        trial.failure(request(Delivery.STREAMED), "The upstream gave no answer");
      }
      UpstreamAnswer answer = UpstreamAnswer.saying(StopReason.END_TURN, "Hello");
      Script good = dialect.answer(answer, Delivery.STREAMED);
      trial.upstream().onRequest(_ -> good);
      Advice.requireEqual(
          "Hello",
          trial.complete(request(Delivery.STREAMED)).text(),
          "The answer after failures",
          "See that a failed call leaves nothing behind: its connection must not be used again.");
    }
  }
}
