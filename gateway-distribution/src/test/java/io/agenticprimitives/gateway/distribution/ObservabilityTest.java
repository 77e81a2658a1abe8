package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.distribution.OtlpSpans.Span;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators see of calls from outside: logs, metrics, traces. None of it has content or keys.
class ObservabilityTest {
  private static final String UPSTREAM_KEY = "sk-canary-upstream-1234567890";
  private static final String CALLER_KEY = "canary-caller-key-1234567890";
  private static final String ASK =
      "{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"canary-question\"}]}";
  private static final String ANSWER =
      "{\"model\":\"gpt-4o-2024\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"canary-answer\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}";
  private static final String FAILURE = "{\"error\":{\"message\":\"canary-failure\"}}";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private ScriptedUpstream upstream;
  private ScriptedUpstream collector;
  private GatewayProcess gateway;
  private NativeClient client;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start();
    collector = ScriptedUpstream.start().onRequest(_ -> Script.json(200, "{}"));
    gateway =
        GatewayProcess.startWith(
            Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-key=canary-collector%20key"),
            directory,
            """
            logging: {format: json}
            tracing: {endpoint: "%s"}
            auth: {backend: api_key, api_keys: [{key: "%s", principal_id: tester}]}
            providers:
              llm:
                default: openai
                backends:
                  openai:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_url: "%s", api_key: "%s"}
                    retry: {max_attempts: 2, base_delay: 1ms}
            """
                .formatted(collector.uri(), CALLER_KEY, upstream.uri(), UPSTREAM_KEY));
    client = new NativeClient(gateway.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
    collector.close();
    upstream.close();
  }

  private HttpResponse<String> complete(String model, String... headers) {
    List<String> all = new ArrayList<>(List.of("X-Api-Key", CALLER_KEY));
    all.addAll(List.of(headers));
    return client.complete(ASK.replace("MODEL", model), all.toArray(String[]::new));
  }

  /// As many spans as are expected, however many requests they come in.
  private List<Span> spans(int count, StringBuilder raw) {
    List<Span> spans = new ArrayList<>();
    while (spans.size() < count) {
      RecordedRequest request = collector.takeRequest(Duration.ofSeconds(10));
      assertThat(request.path()).isEqualTo("/v1/traces");
      assertThat(request.header("x-key")).contains("canary-collector key");
      raw.append(new String(request.body(), StandardCharsets.ISO_8859_1));
      spans.addAll(OtlpSpans.read(request.body()));
    }
    return spans;
  }

  @Test
  void aCallAndItsAttemptsAreSpansOfTheCallersTrace() {
    upstream.enqueue(Script.json(500, FAILURE), Script.json(200, ANSWER));
    complete("gpt-4o", "traceparent", "00-" + TRACE + "-" + PARENT + "-01");

    List<Span> spans = spans(3, new StringBuilder());
    assertThat(spans).hasSize(3).allMatch(span -> span.traceId().equals(TRACE));
    Span call = spans.stream().filter(s -> s.name().startsWith("chat")).findFirst().orElseThrow();
    assertThat(call.name()).isEqualTo("chat gpt-4o-2024");
    assertThat(call.parentId()).isEqualTo(PARENT);
    assertThat(call.attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("gen_ai.operation.name", "chat"),
                Map.entry("gen_ai.provider.name", "openai"),
                Map.entry("gen_ai.request.model", "gpt-4o"),
                Map.entry("gen_ai.response.model", "gpt-4o-2024"),
                Map.entry("gen_ai.response.finish_reasons", "[end_turn]"),
                Map.entry("gen_ai.usage.input_tokens", "9"),
                Map.entry("gen_ai.usage.output_tokens", "3"),
                Map.entry("gen_ai.usage.cache_read.input_tokens", "4"),
                Map.entry("http.response.status_code", "200"),
                Map.entry("gateway.route", "completions"),
                Map.entry("gateway.backend", "openai")));
    List<Span> attempts = spans.stream().filter(s -> s.name().startsWith("attempt")).toList();
    assertThat(attempts)
        .allMatch(span -> span.parentId().equals(call.spanId()))
        .allMatch(span -> span.name().equals("attempt openai"))
        .allMatch(span -> span.nanos() > 0 && span.nanos() <= call.nanos());
    assertThat(attempts.getFirst().attributes())
        .containsEntry("gateway.attempt.outcome", "failed")
        .containsEntry("error.type", "upstream_failure");
    assertThat(attempts.getLast().attributes())
        .containsEntry("gateway.attempt.outcome", "finished")
        .doesNotContainKey("error.type");
    for (int i = 0; i < 2; i++) {
      assertThat(upstream.takeRequest(Duration.ofSeconds(10)).header("traceparent"))
          .contains("00-" + TRACE + "-" + call.spanId() + "-01");
    }
  }

  @Test
  void aCallerWhoDoesNotWantToBeSampledIsNot() {
    upstream.enqueue(Script.json(200, ANSWER), Script.json(200, ANSWER));
    complete("gpt-4o", "traceparent", "00-" + TRACE + "-" + PARENT + "-00");
    complete("gpt-4o");
    assertThat(spans(2, new StringBuilder())).noneMatch(span -> span.traceId().equals(TRACE));
    assertThat(upstream.takeRequest(Duration.ofSeconds(10)).header("traceparent").orElse(""))
        .startsWith("00-" + TRACE)
        .endsWith("-00");
  }

  @Test
  void logsMetricsAndTracesHaveNeitherContentNorKeys() throws Exception {
    upstream.enqueue(
        Script.json(200, ANSWER), Script.json(500, FAILURE), Script.json(500, FAILURE));
    complete("gpt-4o", "X-Cred-OpenAI-Api-Key", "sk-canary-credential");
    complete("gpt-4o");
    client.complete(ASK, "X-Api-Key", "canary-wrong-key");
    StringBuilder traces = new StringBuilder();
    spans(5, traces);
    String metrics = client.get("/metrics").body();
    assertThat(metrics).contains("gateway_calls_total{outcome=\"failed\"");
    gateway.stop();
    assertThat(gateway.output()).contains("\"outcome\":\"finished\"");
    for (String emitted : List.of(traces.toString(), metrics, gateway.output())) {
      assertThat(emitted).doesNotContain("canary");
    }
  }

  @Test
  void everyLineOfTheProcessIsAJsonObjectAndACallIsOneOfThem() throws Exception {
    upstream.enqueue(Script.json(200, ANSWER));
    complete("gpt-4o", "X-Request-Id", "good");
    complete("a\\n{\\\"level\\\":\\\"ERROR\\\"}\\u2028", "X-Request-Id", "bad", "X-Provider", "x");
    spans(3, new StringBuilder());
    // A collector that is gone keeps nobody waiting.
    collector.close();
    complete("gpt-4o", "X-Provider", "x");
    gateway.stop();

    List<JsonNode> lines = gateway.output().lines().map(NativeClient::json).toList();
    assertThat(lines)
        .hasSizeGreaterThan(4)
        .allMatch(line -> line.path("time").isTextual() && line.path("message").isTextual());
    List<JsonNode> calls =
        lines.stream().filter(l -> l.path("logger").asText().equals("gateway.calls")).toList();
    assertThat(calls).hasSize(3);
    JsonNode good = calls.getFirst();
    assertThat(good.path("request_id").asText()).isEqualTo("good");
    assertThat(good.path("backend").asText()).isEqualTo("openai");
    assertThat(good.path("model").asText()).isEqualTo("gpt-4o-2024");
    assertThat(good.path("status").asInt()).isEqualTo(200);
    assertThat(good.path("outcome").asText()).isEqualTo("finished");
    assertThat(good.path("input_tokens").asInt()).isEqualTo(9);
    assertThat(good.path("ms").isInt()).isTrue();
    assertThat(good.path("trace_id").asText()).hasSize(32);
    assertThat(calls.get(1).path("model").asText()).isEqualTo("a\n{\"level\":\"ERROR\"}\u2028");
  }
}
