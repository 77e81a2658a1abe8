package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A gateway that is told to stop while hundreds of calls run tells each caller the truth.
class StopUnderLoadTest {
  private static final int CALLS_OF_A_KIND = 20;
  private static final int NEWCOMERS = 8;
  private static final long LIMIT_SECONDS = 60;
  private static final String SOON = "soon it is said";
  private static final String NEVER = "never is it said";
  private static final String NOW = "now it is said";

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gate soon = new Gate();
  private final Gate never = new Gate();
  private final AtomicInteger newcomersAsked = new AtomicInteger();
  private final AtomicInteger newcomersAnswered = new AtomicInteger();

  /// @param all whether all calls can finish before the deadline
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nobodyTakesAnEndForAnAnswer(boolean all) throws Exception {
    List<Running> calls = new ArrayList<>();
    try (threads;
        ScriptedUpstream openAi = upstream(Dialect.OPENAI);
        ScriptedUpstream bedrock = upstream(Dialect.CONVERSE);
        GatewayProcess gateway = start(openAi, bedrock, all ? "60s" : "3s")) {
      for (int i = 0; i < CALLS_OF_A_KIND; i++) {
        for (Ask ask : Ask.values()) {
          for (String model : List.of("openai/m", "bedrock/m")) {
            calls.add(run(gateway, ask, model, SOON));
            if (!all) {
              calls.add(run(gateway, ask, model, NEVER));
            }
          }
        }
      }
      for (Running call : calls) {
        call.begun().await();
      }
      awaitAsked(calls.size(), openAi, bedrock);
      List<Future<Boolean>> newcomers = new ArrayList<>();
      for (int i = 0; i < NEWCOMERS; i++) {
        newcomers.add(threads.submit(() -> callUntilRefused(gateway)));
      }
      Future<Integer> exit = threads.submit(gateway::stop);
      gateway.awaitOutput("stopping");
      for (Future<Boolean> newcomer : newcomers) {
        assertThat(newcomer.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
      soon.open();
      for (Running call : calls) {
        checkEnd(call);
      }
      assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(all ? 0 : 3);
      assertThat(newcomersAnswered).as("answers to newcomers").hasValue(newcomersAsked.get());
    }
  }

  private static void checkEnd(Running call) throws Exception {
    Told told = call.told().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (call.says().equals(SOON)) {
      assertThat(told).as(call.ask().name()).isEqualTo(new Told(true, "", SOON));
    } else {
      assertThat(told.finished()).as(call.ask().name()).isFalse();
      assertThat(told.failure()).contains("The gateway is being shut down");
      assertThat(told.text()).isEqualTo(call.ask().isStreamed() ? firstHalf(NEVER) : "");
    }
  }

  private GatewayProcess start(
      ScriptedUpstream openAi, ScriptedUpstream bedrock, String stopTimeout) throws IOException {
    return GatewayProcess.startWith(
        directory,
        """
        server: {stop_timeout: %s}
        providers:
          llm:
            default: openai
            backends:
              openai: {backend: openai-compatible, config: {base_url: "%s"}}
              bedrock:
                backend: bedrock
                config: {endpoint_url: "%s", access_key_id: AKIASTOP, secret_access_key: s}
        """
            .formatted(stopTimeout, openAi.uri(), bedrock.uri()));
  }

  private ScriptedUpstream upstream(Dialect dialect) {
    return ScriptedUpstream.start().onRequest(request -> answer(dialect, request));
  }

  /// A streamed answer waits in the middle, a whole one before it begins.
  private Script answer(Dialect dialect, RecordedRequest request) {
    JsonNode body = NativeClient.json(request.bodyText());
    String said = dialect.said(body);
    if (said.equals(NOW)) {
      newcomersAsked.incrementAndGet();
      return Script.json(200, dialect.whole(NOW));
    }
    Step wait = new Step.AwaitGate(said.equals(SOON) ? soon : never);
    if (!dialect.isStreamed(request, body)) {
      Script whole = Script.json(200, dialect.whole(said));
      return Script.of(wait).then(whole.steps().toArray(Step[]::new));
    }
    return Script.of(
        Step.Respond.chunked(200, dialect.streamType()),
        new Step.Send(dialect.start()),
        new Step.Send(dialect.piece(firstHalf(said))),
        wait,
        new Step.Send(dialect.piece(said.substring(firstHalf(said).length()))),
        new Step.Send(dialect.end()),
        new Step.EndChunks());
  }

  private static String firstHalf(String said) {
    return said.substring(0, said.length() / 2);
  }

  /// A call under way.
  ///
  /// @param begun when the first piece of its stream has come
  private record Running(Ask ask, String says, CountDownLatch begun, Future<Told> told) {}

  private Running run(GatewayProcess gateway, Ask ask, String model, String says) {
    CountDownLatch begun = new CountDownLatch(ask.isStreamed() ? 1 : 0);
    Future<Told> told =
        threads.submit(
            () -> {
              try (SlowCaller caller =
                  SlowCaller.asking(gateway.uri(), ask, ask.body(model, says))) {
                if (ask.isStreamed()) {
                  caller.readUntil(firstHalf(says));
                  begun.countDown();
                }
                return caller.told(ask);
              }
            });
    return new Running(ask, says, begun, told);
  }

  private static void awaitAsked(int calls, ScriptedUpstream... upstreams) {
    OpenAIScripts.await(
        () -> List.of(upstreams).stream().mapToLong(ScriptedUpstream::requestCount).sum() >= calls);
  }

  /// Calls again and again, with a new connection each time. When the gateway stops, a call is
  /// refused, or its connection is; what has begun is answered.
  private boolean callUntilRefused(GatewayProcess gateway) {
    while (true) {
      Told told;
      try (SlowCaller caller =
          SlowCaller.asking(gateway.uri(), Ask.CHAT_WHOLE, Ask.CHAT_WHOLE.body("openai/m", NOW))) {
        told = caller.told(Ask.CHAT_WHOLE);
      } catch (SlowCaller.NoAnswerException | SocketException refused) {
        return true;
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      if (!told.finished()) {
        assertThat(told.failure()).contains("The gateway is being shut down");
        return true;
      }
      newcomersAnswered.incrementAndGet();
    }
  }
}
