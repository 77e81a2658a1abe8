package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that the upstream cuts off, wherever it does, is never told as a finished one.
final class EndingRules {
  /// Nobody makes up this stop reason, so where it is told the upstream has said it.
  private static final UpstreamAnswer ANSWER =
      UpstreamAnswer.saying(StopReason.MAX_TOKENS, "One ", "two ", "three");

  private final LlmBackendContract contract;

  EndingRules(LlmBackendContract contract) {
    this.contract = contract;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    contract.dialect().ifPresent(dialect -> add(rules, dialect));
    return rules;
  }

  private void add(List<Rule> rules, UpstreamDialect dialect) {
    for (Delivery delivery : Delivery.values()) {
      String what = delivery == Delivery.WHOLE ? "a whole answer" : "a stream";
      Body body = Body.of(dialect.answer(ANSWER, delivery));
      rules.add(cut(what + " whose connection is closed", delivery, body, new Step.Close()));
      rules.add(cut(what + " whose connection is reset", delivery, body, new Step.Reset()));
      rules.add(cut(what + " that ends cleanly but early", delivery, body, new Step.EndChunks()));
    }
  }

  private Rule cut(String what, Delivery delivery, Body body, Step ending) {
    return new Rule(
        what + " after any byte is not told as finished",
        () -> {
          try (Trial trial = new Trial(contract)) {
            for (int length = 0; length < body.size(); length++) {
              trial.answering(body.upTo(length, ending));
              check(trial, Requests.asking().delivered(delivery), length, body.size());
            }
          }
        });
  }

  private void check(Trial trial, CompletionRequest request, int length, int size) {
    String where = "The upstream's answer was cut after %d of %d bytes".formatted(length, size);
    StringBuilder told = new StringBuilder();
    StreamEvent.@Nullable Finished finished = null;
    try (EventStream events =
        new GrammarCheck(trial.backend().stream(request, new RecordingCall()))) {
      while (finished == null) {
        switch (events.next()) {
          case StreamEvent.TextDelta delta -> told.append(delta.text());
          case StreamEvent.Finished last -> finished = last;
          default -> {}
        }
      }
    } catch (BackendException failure) {
      trial.checkMessage(failure);
      checkKind(where, failure);
    }
    checkTold(where, told.toString(), finished);
  }

  private static void checkKind(String where, BackendException failure) {
    Advice.require(
        failure.kind().blame() == ErrorKind.Blame.UPSTREAM,
        "%s, and that was told as %s: %s".formatted(where, failure.kind(), failure.message()),
        "Use ErrorKind.CUT for an answer that ended before it was finished.");
  }

  private static void checkTold(
      String where, String told, StreamEvent.@Nullable Finished finished) {
    Advice.require(
        ANSWER.said().startsWith(told),
        where + ", and the caller was told text that is not the beginning of it: " + told,
        "Hold back what may be half a character or half an escape until the rest is there.");
    if (finished != null) {
      boolean complete = told.equals(ANSWER.said()) && finished.stopReason() == ANSWER.stopReason();
      Advice.require(
          complete,
          "%s, and it was told as finished (%s): '%s'."
              .formatted(where, finished.stopReason(), told),
          "Give Finished only after the upstream has said why it stopped; throw ErrorKind.CUT if"
              + " the answer ends before.");
    }
  }
}
