package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Slow streams do not wait for each other.
class ManyStreamsTest {
  private static final int STREAMS = 200;

  private static Script slow(Gate gate) {
    return Script.sseUnfinished(Scripts.CHUNK)
        .then(
            new Step.AwaitGate(gate),
            new Step.Send("data: " + Scripts.FINISH + "\n\ndata: [DONE]\n\n"),
            new Step.EndChunks());
  }

  @Test
  void twoHundredRunAtOnce() throws Exception {
    Gate gate = new Gate();
    try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(_ -> slow(gate));
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      CountDownLatch begun = new CountDownLatch(STREAMS);
      List<FutureTask<String>> tasks = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        FutureTask<String> task = new FutureTask<>(() -> textOf(backend, begun));
        tasks.add(task);
        Thread.ofVirtual().start(task);
      }
      // All have their text while none can end.
      assertThat(begun.await(Pulling.AT_MOST.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      gate.open();
      for (FutureTask<String> task : tasks) {
        assertThat(task.get(Pulling.AT_MOST.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("Hello");
      }
      assertThat(upstream.connectionsAccepted()).isEqualTo(STREAMS);
    }
  }

  private static String textOf(OpenAICompatibleBackend backend, CountDownLatch begun) {
    StringBuilder text = new StringBuilder();
    try (EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain())) {
      StreamEvent event = stream.next();
      while (!(event instanceof StreamEvent.Finished)) {
        if (event instanceof StreamEvent.TextDelta delta) {
          text.append(delta.text());
          begun.countDown();
        }
        event = stream.next();
      }
    }
    return text.toString();
  }

  @Test
  void allAreGivenUpAtOnce() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start().onRequest(_ -> Script.of(new Step.Stall()));
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      List<EventStream> streams = new ArrayList<>();
      List<Pulling> pulling = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
        streams.add(stream);
        pulling.add(Pulling.from(stream));
      }
      List<RecordedRequest> requests = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        requests.add(upstream.takeRequest(Pulling.AT_MOST));
      }
      streams.forEach(EventStream::close);
      for (RecordedRequest request : requests) {
        request.awaitPeerClosed(Pulling.AT_ONCE);
      }
      for (Pulling waits : pulling) {
        waits.assertGivenUp();
      }
    }
  }
}
