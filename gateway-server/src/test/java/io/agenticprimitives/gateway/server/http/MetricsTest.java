package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.server.testing.LogLines;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a scrape of `/metrics` says, and what it does not say.
class MetricsTest {
  private static final String MODEL = "{\"model\":\"MODEL\",\"messages\":[]}";

  private final LogLines lines = LogLines.of("gateway.calls");

  @AfterEach
  void stopListening() {
    lines.close();
  }

  @Test
  void anAnswerIsCountedUnderTheNamesOfTheOriginalProject() throws Exception {
    Usage usage =
        new Usage(
            OptionalLong.of(9),
            OptionalLong.of(3),
            OptionalLong.of(4),
            OptionalLong.empty(),
            OptionalLong.of(2));
    FakeModel model =
        FakeModel.answering(
            Events.started(),
            Events.text("Four."),
            new StreamEvent.Finished(StopReason.END_TURN, "stop", usage));
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      server.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      lines.next();
      assertThat(
              Scrape.series(
                  server,
                  "agentic_primitives_gateway_requests",
                  "agentic_primitives_gateway_request_duration_seconds_count",
                  "agentic_primitives_gateway_request_duration_seconds_bucket{method=\"route_request\",primitive=\"llm\",provider=\"main\",le=\"7.5\"",
                  "agentic_primitives_gateway_provider_errors",
                  "gateway_llm",
                  "gateway_calls_total"))
          .containsExactlyInAnyOrder(
              "agentic_primitives_gateway_requests_total{method=\"route_request\",primitive=\"llm\",provider=\"main\",status=\"success\"}"
                  + " 1.0",
              "agentic_primitives_gateway_request_duration_seconds_count{method=\"route_request\",primitive=\"llm\",provider=\"main\"}"
                  + " 1",
              "agentic_primitives_gateway_request_duration_seconds_bucket{method=\"route_request\",primitive=\"llm\",provider=\"main\",le=\"7.5\"}"
                  + " 1",
              "gateway_llm_requests_total{model=\"small-1\",status=\"success\"} 1.0",
              "gateway_llm_tokens_total{kind=\"input\",model=\"small-1\"} 9.0",
              "gateway_llm_tokens_total{kind=\"output\",model=\"small-1\"} 3.0",
              "gateway_llm_tokens_total{kind=\"total\",model=\"small-1\"} 12.0",
              "gateway_llm_tokens_total{kind=\"cache_read\",model=\"small-1\"} 4.0",
              "gateway_llm_tokens_total{kind=\"reasoning\",model=\"small-1\"} 2.0",
              "gateway_calls_total{outcome=\"finished\",route=\"completions\",status=\"2xx\"} 1.0");
    }
  }

  @Test
  void aStreamIsMeasuredToItsFirstEventAndToItsEndInTheWordsOfTheConventions() throws Exception {
    FakeModel model = FakeModel.answering(Events.started(), Events.text("4"), Events.finished());
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      lines.next();
      String labels =
          "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"scripted\",gen_ai_request_model=\"small-1\"";
      assertThat(
              Scrape.series(
                      server,
                      "gen_ai_client_operation_duration_seconds_count",
                      "gen_ai_client_operation_time_to_first_chunk_seconds_count",
                      "gen_ai_client_token_usage_sum")
                  .stream()
                  .map(line -> line.replace("provider=\"main\"", "P")))
          .containsExactlyInAnyOrder(
              "gen_ai_client_operation_duration_seconds_count{error_type=\"\"," + labels + ",P} 1",
              "gen_ai_client_operation_time_to_first_chunk_seconds_count{" + labels + ",P} 1",
              "gen_ai_client_token_usage_sum{"
                  + labels.replace("\"small-1\"", "\"small-1\",gen_ai_token_type=\"input\"")
                  + ",P} 9.0",
              "gen_ai_client_token_usage_sum{"
                  + labels.replace("\"small-1\"", "\"small-1\",gen_ai_token_type=\"output\"")
                  + ",P} 3.0");
    }
  }

  @Test
  void theHealthOfBackendsIsWhatTheLastCheckFound() throws Exception {
    FakeModel model = FakeModel.answering(Events.started(), Events.finished());
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      String health = "agentic_primitives_gateway_provider_health";
      assertThat(Scrape.series(server, health)).isEmpty();
      server.get("/readyz");
      assertThat(Scrape.series(server, health))
          .containsExactly(health + "{primitive=\"llm\",provider=\"main\"} 1.0");
    }
  }

  @Test
  void theProcessAndItsCallersAreThereToo() throws Exception {
    FakeModel model = FakeModel.answering(Events.started(), Events.finished());
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      server.get("/api/v1/providers");
      assertThat(
              Scrape.series(
                  server,
                  "jvm_memory_used_bytes",
                  "jvm_threads_live_threads",
                  "jvm_gc_",
                  "process_uptime_seconds",
                  "gateway_build_info",
                  "gateway_auth_events_total"))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
          .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
          .anyMatch(line -> line.startsWith("jvm_gc_"))
          .anyMatch(line -> line.startsWith("process_uptime_seconds "))
          .anyMatch(
              line -> line.matches("gateway_build_info\\{java_version=\".*\",version=.*} 1.*"))
          .contains(
              "gateway_auth_events_total{backend=\"noop\",outcome=\"success\",principal_type=\"user\"}"
                  + " 1.0");
    }
  }

  @Test
  void namesThatCallersMakeUpDoNotMakeMetricsGrow() throws Exception {
    FakeModel echo =
        FakeModel.of(
            (request, _) ->
                EventStream.of(
                    List.of(new StreamEvent.Started(request.model()), Events.finished())));
    try (ServerUnderTest server = ServerUnderTest.start(echo)) {
      for (int i = 0; i < 1_000; i++) {
        server.post(ServerUnderTest.COMPLETIONS, MODEL.replace("MODEL", "made-up-" + i));
        server.get("/made-up/" + i);
        server.get("/v1/models/made-up-" + i);
        lines.next();
        lines.next();
      }
      assertThat(Scrape.series(server, "gateway_llm_requests_total"))
          .hasSize(51)
          .contains("gateway_llm_requests_total{model=\"other\",status=\"success\"} 950.0");
      assertThat(Scrape.series(server, "")).hasSizeLessThan(4_000);
      assertThat(Scrape.series(server, "")).noneMatch(line -> line.contains("/made-up"));
      server.get("/api/v1/llm/models");
      server.post(ServerUnderTest.COMPLETIONS, MODEL.replace("MODEL", "small-1"));
      lines.next();
      lines.next();
      assertThat(Scrape.series(server, "gateway_llm_requests_total"))
          .contains("gateway_llm_requests_total{model=\"small-1\",status=\"success\"} 1.0");
    }
  }
}
