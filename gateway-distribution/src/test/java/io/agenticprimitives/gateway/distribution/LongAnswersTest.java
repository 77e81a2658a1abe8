package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Upstreams whose answers do not end, many at once, do not take the memory of all others.
class LongAnswersTest {
  private static final int CALLS = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ASK =
      "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String WORDS = "word ".repeat(20_000);

  private static Script endless(Step head, String start, String repeated) {
    return Script.of(head, new Step.Send(start), new Step.Repeat(repeated, Step.Repeat.ENDLESS));
  }

  private static Script answer(String request) {
    Step json = Step.Respond.chunked(200, "application/json");
    Step sse = Step.Respond.chunked(200, "text/event-stream");
    String chunk =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + WORDS + "\"}}]}\n\n";
    if (request.contains("one-piece")) {
      return endless(json, "{\"choices\":[{\"message\":{\"content\":\"", WORDS);
    }
    if (request.contains("one-event")) {
      return endless(sse, "data: ", WORDS);
    }
    return request.contains("many-events")
        ? endless(sse, ": hello\n\n", chunk)
        : Script.json(
            200,
            "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}");
  }

  @Test
  void noOtherCallerIsHarmed(@TempDir Path directory) throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start().onRequest(request -> answer(request.bodyText()));
        GatewayProcess gateway =
            GatewayProcess.startWith(
                directory,
                """
                providers:
                  llm:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_url: "%s"}
                """
                    .formatted(upstream.uri()));
        NativeClient client = new NativeClient(gateway.uri());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String model : List.of("one-piece", "one-event", "many-events")) {
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
          answers.add(callers.submit(() -> Answer.whole(client.complete(ASK.formatted(model)))));
        }
        for (Future<Answer> answer : answers) {
          assertThat(answer).as(gateway::output).succeedsWithin(PATIENCE);
          assertThat(answer.get().errorStatus()).isIn(502, 503);
          assertThat(answer.get().errorDetail()).containsAnyOf("longer than", "no memory left");
        }
        assertThat(Answer.whole(client.complete(ASK.formatted("good"))).text()).isEqualTo("Hello");
      }
      assertThat(gateway.process().isAlive()).isTrue();
      assertThat(gateway.output()).doesNotContain("OutOfMemory");
    }
  }
}
