package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers that hardly read, and thousands that wait, cost others nothing that they would notice.
class SlowCallersTest {
  private static final List<Ask> ASKS = List.of(Ask.values());
  private static final List<Ask> STREAMS = List.of(Ask.NATIVE_STREAM, Ask.CHAT_STREAM);
  private static final List<String> MODELS = List.of("openai/m", "bedrock/m");
  private static final int IDLE = 2000;
  private static final int BEGINNING_AT_ONCE = 100;
  private static final String IDLE_TEXT = "idle";
  private static final int CALLS = 40;
  private static final int BYTES = 4;
  private static final String LONG_PIECE = "long " + "x".repeat(8000);

  /// Answers of 16 MB: more than all buffers of the connections hold.
  private static final int PIECES = 2000;

  /// What a busy machine may add. Who waits for a slow caller waits for seconds.
  private static final Duration NOISE = Duration.ofMillis(100);

  private static final Gate waiting = new Gate();
  private static final Queue<Gate> longAnswersSent = new ConcurrentLinkedQueue<>();
  private static ScriptedUpstream openAi;
  private static ScriptedUpstream bedrock;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    openAi = ScriptedUpstream.start().onRequest(request -> answer(Dialect.OPENAI, request));
    bedrock = ScriptedUpstream.start().onRequest(request -> answer(Dialect.CONVERSE, request));
    gateway =
        GatewayProcess.startWith(
            Map.of("GATEWAY_JAVA_OPTS", "-Xmx256m"),
            directory,
            """
            providers:
              llm:
                default: openai
                backends:
                  openai: {backend: openai-compatible, config: {base_url: "%s"}}
                  bedrock:
                    backend: bedrock
                    config: {endpoint_url: "%s", access_key_id: AKIASLOW, secret_access_key: s}
            """
                .formatted(openAi.uri(), bedrock.uri()));
    // What is compiled and loaded on first use is not measured.
    ordinaryCalls();
    ordinaryCalls();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    openAi.close();
    bedrock.close();
  }

  /// They have 16 MB to read each, for which the gateway has no place: it must make the upstreams
  /// wait.
  @Test
  void callersWhoReadAByteASecondSlowNobody() throws Exception {
    Duration alone = ordinaryCalls();
    List<SlowCaller> readers = new ArrayList<>();
    for (String model : MODELS) {
      for (Ask ask : STREAMS) {
        readers.add(SlowCaller.asking(gateway.uri(), ask, ask.body(model, LONG_PIECE)));
      }
    }
    CountDownLatch bytes = new CountDownLatch(BYTES);
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      var _ = clock.scheduleAtFixedRate(() -> readByte(readers, bytes), 0, 1, TimeUnit.SECONDS);
      do {
        assertThat(ordinaryCalls()).isLessThan(alone.multipliedBy(3).plus(NOISE));
      } while (bytes.getCount() > 0);
    }
    assertThat(longAnswersSent).hasSameSizeAs(readers).noneMatch(Gate::isOpen);
    for (int i = 0; i < readers.size(); i++) {
      Told told = readers.get(i).told(STREAMS.get(i % STREAMS.size()));
      assertThat(told.finished()).isTrue();
      assertThat(told.text()).isEqualTo(LONG_PIECE.repeat(PIECES));
      readers.get(i).close();
    }
    assertThat(longAnswersSent).allMatch(Gate::isOpen);
  }

  private static void readByte(List<SlowCaller> readers, CountDownLatch bytes) {
    try {
      for (SlowCaller reader : readers) {
        reader.readByte();
      }
      bytes.countDown();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void twoThousandIdleStreamsSlowNobody() throws Exception {
    Duration alone = ordinaryCalls();
    Semaphore beginning = new Semaphore(BEGINNING_AT_ONCE);
    CountDownLatch begun = new CountDownLatch(IDLE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Told>> all = new ArrayList<>();
      for (int i = 0; i < IDLE; i++) {
        Ask ask = STREAMS.get(i % 2);
        String body = ask.body(MODELS.get(i / 2 % 2), IDLE_TEXT);
        all.add(threads.submit(() -> idle(ask, body, beginning, begun)));
      }
      assertThat(begun.await(60, TimeUnit.SECONDS)).as(gateway.output()).isTrue();
      assertThat(ordinaryCalls()).isLessThan(alone.multipliedBy(3).plus(NOISE));
      waiting.open();
      for (Future<Told> told : all) {
        assertThat(told.get(60, TimeUnit.SECONDS)).isEqualTo(new Told(true, "", IDLE_TEXT));
      }
    }
  }

  private static Told idle(Ask ask, String body, Semaphore beginning, CountDownLatch begun)
      throws Exception {
    beginning.acquire();
    try (SlowCaller caller = SlowCaller.asking(gateway.uri(), ask, body)) {
      caller.readUntil(IDLE_TEXT);
      beginning.release();
      begun.countDown();
      return caller.told(ask);
    }
  }

  /// The median time of calls of all kinds, one after the other.
  private static Duration ordinaryCalls() {
    List<Duration> times = new ArrayList<>();
    try (ChatClient client = new ChatClient(gateway.uri())) {
      for (int i = 0; i < CALLS; i++) {
        Ask ask = ASKS.get(i % ASKS.size());
        long start = System.nanoTime();
        Told told = client.told(ask, ask.body(MODELS.get(i / ASKS.size() % 2), "ordinary"));
        times.add(Duration.ofNanos(System.nanoTime() - start));
        assertThat(told).isEqualTo(new Told(true, "", "ordinary"));
      }
    }
    times.sort(null);
    return times.get(times.size() / 2);
  }

  private static Script answer(Dialect dialect, RecordedRequest request) {
    JsonNode body = NativeClient.json(request.bodyText());
    String said = dialect.said(body);
    if (!dialect.isStreamed(request, body)) {
      return Script.json(200, dialect.whole(said));
    }
    Payload piece = Payload.of(dialect.piece(said));
    List<Step> steps = new ArrayList<>();
    steps.add(Step.Respond.chunked(200, dialect.streamType()));
    steps.add(new Step.Send(dialect.start()));
    steps.add(new Step.Repeat(piece, said.equals(LONG_PIECE) ? PIECES : 1));
    if (said.equals(LONG_PIECE)) {
      Gate sent = new Gate();
      longAnswersSent.add(sent);
      steps.add(new Step.OpenGate(sent));
    } else if (said.equals(IDLE_TEXT)) {
      steps.add(new Step.AwaitGate(waiting));
    }
    steps.add(new Step.Send(dialect.end()));
    steps.add(new Step.EndChunks());
    return new Script(steps);
  }
}
