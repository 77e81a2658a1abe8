package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Whoever gives a call up ends it: here at once, and upstream.
final class CancellationRules {
  private static final Script SILENCE = Script.of(new Step.Stall());

  private final LlmBackendContract contract;

  CancellationRules(LlmBackendContract contract) {
    this.contract = contract;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("a stream that is closed before it is read gives nothing", this::unread));
    contract.dialect().ifPresent(dialect -> add(rules, dialect));
    return rules;
  }

  private void add(List<Rule> rules, UpstreamDialect dialect) {
    rules.add(new Rule("stream() does not wait for the upstream", this::doesNotWait));
    for (Delivery delivery : Delivery.values()) {
      rules.add(
          new Rule(
              "closing ends the wait for the first byte (" + delivery + ")",
              () -> silent(delivery)));
    }
    rules.add(new Rule("closing ends a stream in its middle", () -> inTheMiddle(dialect)));
    if (contract.can(Capability.MODEL_LIST)) {
      rules.add(new Rule("an interrupt ends the wait for the models", this::models));
    }
  }

  private void unread() {
    try (Trial trial = new Trial(contract)) {
      EventStream events =
          trial.backend().stream(Requests.saying("Hello", Delivery.STREAMED), new RecordingCall());
      events.close();
      events.close();
      try {
        StreamEvent event = events.next();
        throw Advice.breach(
            "A closed stream gave " + event + ".", "Throw ErrorKind.CANCELLED from next().");
      } catch (BackendException given) {
        requireCancelled(given);
      }
    }
  }

  private static void requireCancelled(BackendException failure) {
    Advice.requireEqual(
        ErrorKind.CANCELLED,
        failure.kind(),
        "A call that was given up. The kind of its failure",
        "Remember that the stream was closed, and tell that instead of what the socket says.");
  }

  private void doesNotWait() throws Exception {
    try (Trial trial = new Trial(contract).answering(SILENCE)) {
      FutureTask<EventStream> task =
          started(
              () ->
                  trial.backend().stream(
                      Requests.saying("Hello", Delivery.STREAMED), new RecordingCall()));
      try (EventStream _ = result(task, "stream() waits for the upstream.")) {
        return;
      }
    }
  }

  private void silent(Delivery delivery) throws Exception {
    try (Trial trial = new Trial(contract).answering(SILENCE)) {
      EventStream events =
          trial.backend().stream(Requests.saying("Hello", delivery), new RecordingCall());
      FutureTask<StreamEvent> waiting = started(events::next);
      RecordedRequest request = trial.request();
      events.close();
      requireReleased(waiting);
      request.awaitPeerClosed(contract.patience());
    }
  }

  private void inTheMiddle(UpstreamDialect dialect) throws Exception {
    UpstreamAnswer answer = UpstreamAnswer.saying(StopReason.END_TURN, "One ", "two ", "three");
    Body body = Body.of(dialect.answer(answer, Delivery.STREAMED));
    Script half = body.upTo(body.size() / 2, new Step.Stall());
    try (Trial trial = new Trial(contract).answering(half)) {
      EventStream events =
          trial.backend().stream(Requests.saying("Hello", Delivery.STREAMED), new RecordingCall());
      FutureTask<StreamEvent> waiting = started(() -> pullAll(events));
      RecordedRequest request = trial.request();
      events.close();
      requireReleased(waiting);
      request.awaitPeerClosed(contract.patience());
    }
  }

  private static StreamEvent pullAll(EventStream events) {
    StreamEvent event = events.next();
    while (!(event instanceof StreamEvent.Finished)) {
      event = events.next();
    }
    return event;
  }

  private void models() throws Exception {
    try (Trial trial = new Trial(contract)) {
      trial.upstream().onRequest(_ -> SILENCE);
      FutureTask<Object> task = new FutureTask<>(() -> trial.backend().models(new RecordingCall()));
      Thread worker = Thread.ofVirtual().start(task);
      RecordedRequest request = trial.request();
      worker.interrupt();
      requireReleased(task);
      request.awaitPeerClosed(contract.patience());
    }
  }

  private static <T> FutureTask<T> started(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    Thread.ofVirtual().start(task);
    return task;
  }

  private void requireReleased(FutureTask<?> waiting) throws Exception {
    try {
      Object result = result(waiting, "Whoever waited was not released.");
      throw Advice.breach(
          "A call that was given up gave " + result + ".", "Throw ErrorKind.CANCELLED.");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof BackendException told) {
        requireCancelled(told);
      } else {
        throw Advice.breach(
            "A call that was given up ended with " + failure.getCause() + ".",
            "Throw ErrorKind.CANCELLED.",
            failure.getCause());
      }
    }
  }

  private <T> T result(FutureTask<T> task, String otherwise) throws Exception {
    try {
      return task.get(contract.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw Advice.breach(
          otherwise,
          "Do all waiting in next(), and let close() end it from any thread (a blocked read ends"
              + " when its socket is closed or cancelled, not by a flag).",
          late);
    }
  }
}
