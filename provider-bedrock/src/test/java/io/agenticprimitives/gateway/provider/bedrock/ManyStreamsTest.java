package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// 500 slow streams at once; the tests of this module run in a heap of 256 MB.
class ManyStreamsTest {
  private static final int STREAMS = 500;

  @Test
  void fiveHundredSlowStreamsFitIntoASmallHeap() throws Exception {
    Gate gate = new Gate();
    Script script =
        Script.of(
            Step.Respond.chunked(200, "application/vnd.amazon.eventstream"),
            new Step.Send(new Frames().start().text(0, "Hello").bytes()),
            new Step.AwaitGate(gate),
            new Step.Send(
                new Frames().text(0, " there").blockStop(0).stop("end_turn").metadata().bytes()),
            new Step.EndChunks());
    CountDownLatch waiting = new CountDownLatch(STREAMS);
    try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(_ -> script);
        BedrockBackend backend =
            Setup.backend(Config.at(upstream.uri()).withKeys(), ServerCredentials.NEVER);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> texts = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        texts.add(threads.submit(() -> read(backend, waiting)));
      }
      assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(upstream.connectionsOpen()).isEqualTo(STREAMS);
      gate.open();
      for (Future<String> text : texts) {
        assertThat(text.get(60, TimeUnit.SECONDS)).isEqualTo("Hello there");
      }
    }
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(256L << 20);
  }

  private static String read(BedrockBackend backend, CountDownLatch waiting) {
    StringBuilder text = new StringBuilder();
    try (EventStream stream = backend.stream(Setup.streamed(), Caller.anonymous())) {
      StreamEvent event = stream.next();
      while (!(event instanceof StreamEvent.Finished)) {
        if (event instanceof StreamEvent.TextDelta(String piece)) {
          text.append(piece);
          waiting.countDown();
        }
        event = stream.next();
      }
    }
    return text.toString();
  }
}
