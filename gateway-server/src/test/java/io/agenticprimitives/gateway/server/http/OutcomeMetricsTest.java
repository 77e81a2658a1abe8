package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.server.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever becomes of a call is counted as what it is.
class OutcomeMetricsTest {
  private static final String MODEL = "{\"model\":\"MODEL\",\"messages\":[]}";

  private final LogLines lines = LogLines.of("gateway.calls");

  @AfterEach
  void stopListening() {
    lines.close();
  }

  private static LlmBackend failing(ErrorKind kind) {
    return FakeModel.of(
        (_, _) -> {
          throw new BackendException(kind, "It failed.");
        });
  }

  @Test
  void aFailureIsCountedWithItsKind() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(failing(ErrorKind.TIMEOUT))) {
      server.post(ServerUnderTest.COMPLETIONS, MODEL.replace("MODEL", "made-up"));
      lines.next();
      assertThat(
              Scrape.series(
                  server,
                  "agentic_primitives_gateway_requests",
                  "agentic_primitives_gateway_provider_errors",
                  "gateway_llm",
                  "gateway_calls_total"))
          .containsExactlyInAnyOrder(
              "agentic_primitives_gateway_requests_total{method=\"route_request\",primitive=\"llm\",provider=\"main\",status=\"error\"}"
                  + " 1.0",
              "agentic_primitives_gateway_provider_errors_total{error_type=\"timeout\",method=\"route_request\",primitive=\"llm\",provider=\"main\"}"
                  + " 1.0",
              "gateway_llm_requests_total{model=\"other\",status=\"failure\"} 1.0",
              "gateway_calls_total{outcome=\"failed\",route=\"completions\",status=\"5xx\"} 1.0");
    }
  }

  @Test
  void aStreamThatIsCutIsNeitherASuccessNorAnyFailure() throws Exception {
    ManualStream stream = new ManualStream().emit(Events.started(), Events.text("Hi"));
    stream.fail(new BackendException(ErrorKind.CUT, "It broke off."));
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> stream))) {
      server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      lines.next();
      assertThat(
              Scrape.series(
                  server, "gateway_calls_total", "gateway_attempts_total{outcome=\"cut\""))
          .containsExactlyInAnyOrder(
              "gateway_calls_total{outcome=\"cut\",route=\"completions/stream\",status=\"5xx\"}"
                  + " 1.0",
              "gateway_attempts_total{outcome=\"cut\",provider=\"main\"} 1.0");
    }
  }

  @Test
  void aCallerWhoLeftIsCountedAsCancelledAndAsNoError() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> stream))) {
      RawConnection connection =
          server.connect().post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      stream.awaitAsked();
      assertThat(
              Scrape.series(server, "gateway_calls_in_flight ", "gateway_backend_calls_in_flight"))
          .containsExactlyInAnyOrder(
              "gateway_calls_in_flight 1.0",
              "gateway_backend_calls_in_flight{primitive=\"llm\",provider=\"main\"} 1.0");
      connection.close();
      lines.next();
      assertThat(
              Scrape.series(
                  server,
                  "agentic_primitives_gateway_requests",
                  "agentic_primitives_gateway_provider_errors",
                  "gateway_llm_requests",
                  "gateway_calls_total",
                  "gateway_attempts_total{outcome=\"cancelled\""))
          .containsExactlyInAnyOrder(
              "agentic_primitives_gateway_requests_total{method=\"route_request_stream\",primitive=\"llm\",provider=\"main\",status=\"cancelled\"}"
                  + " 1.0",
              "gateway_llm_requests_total{model=\"default\",status=\"cancelled\"} 1.0",
              "gateway_calls_total{outcome=\"cancelled\",route=\"completions/stream\",status=\"4xx\"}"
                  + " 1.0",
              "gateway_attempts_total{outcome=\"cancelled\",provider=\"main\"} 1.0");
    }
  }

  @Test
  void aCallThatFindsNoPlaceIsShed() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server =
        ServerUnderTest.start(
            FakeModel.of((_, _) -> stream),
            config ->
                config.policy =
                    new CallPolicy(
                        Timeouts.DEFAULT,
                        new RetryConfig(1, Duration.ofMillis(1), Duration.ofMillis(1)),
                        new ConcurrencyConfig(Optional.of(1), 0, Duration.ofSeconds(1)),
                        BreakerConfig.DEFAULT))) {
      RawConnection first = server.connect().post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      stream.awaitAsked();
      server.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      lines.next();
      assertThat(
              Scrape.series(
                  server,
                  "gateway_calls_total",
                  "gateway_attempts_total{outcome=\"shed\"",
                  "gateway_circuit_breaker_state",
                  "gateway_backend_calls_queued"))
          .containsExactlyInAnyOrder(
              "gateway_calls_total{outcome=\"shed\",route=\"completions\",status=\"5xx\"} 1.0",
              "gateway_attempts_total{outcome=\"shed\",provider=\"main\"} 1.0",
              "gateway_circuit_breaker_state{primitive=\"llm\",provider=\"main\",state=\"closed\"}"
                  + " 1.0",
              "gateway_circuit_breaker_state{primitive=\"llm\",provider=\"main\",state=\"open\"}"
                  + " 0.0",
              "gateway_circuit_breaker_state{primitive=\"llm\",provider=\"main\",state=\"half_open\"}"
                  + " 0.0",
              "gateway_circuit_breaker_state{primitive=\"llm\",provider=\"main\",state=\"disabled\"}"
                  + " 0.0",
              "gateway_backend_calls_queued{primitive=\"llm\",provider=\"main\"} 0.0");
      first.close();
    }
  }

  @Test
  void aRetriedCallIsOneCallAndSeveralAttempts() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    FakeModel model =
        FakeModel.of(
            (_, call) -> {
              call.adjusted("seed", CallContext.Action.DROPPED, "It has no word for it.");
              if (asked.getAndIncrement() == 0) {
                throw new BackendException(ErrorKind.UPSTREAM_FAILURE, "It failed.");
              }
              return EventStream.of(List.of(Events.started(), Events.finished()));
            });
    try (ServerUnderTest server =
        ServerUnderTest.start(
            model,
            config ->
                config.policy =
                    new CallPolicy(
                        Timeouts.DEFAULT,
                        new RetryConfig(2, Duration.ofMillis(1), Duration.ofMillis(1)),
                        ConcurrencyConfig.DEFAULT,
                        BreakerConfig.DEFAULT))) {
      server.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      lines.next();
      assertThat(
              Scrape.series(
                  server,
                  "gateway_calls_total",
                  "gateway_attempts_total",
                  "gateway_adjustments_total"))
          .containsExactlyInAnyOrder(
              "gateway_calls_total{outcome=\"finished\",route=\"completions\",status=\"2xx\"} 1.0",
              "gateway_attempts_total{outcome=\"finished\",provider=\"main\"} 1.0",
              "gateway_attempts_total{outcome=\"failed\",provider=\"main\"} 1.0",
              "gateway_attempts_total{outcome=\"cut\",provider=\"main\"} 0.0",
              "gateway_attempts_total{outcome=\"shed\",provider=\"main\"} 0.0",
              "gateway_attempts_total{outcome=\"cancelled\",provider=\"main\"} 0.0",
              "gateway_adjustments_total{action=\"dropped\",provider=\"main\"} 1.0",
              "gateway_adjustments_total{action=\"changed\",provider=\"main\"} 0.0");
    }
  }

  @Test
  void whatTheGatewayItselfFindsWrongIsRejectedAndNobodysError() throws Exception {
    FakeModel model = FakeModel.answering(Events.started(), Events.finished());
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      server.post(ServerUnderTest.COMPLETIONS, "{}");
      server.post(ServerUnderTest.COMPLETIONS, MODEL, "X-Provider-LLM", "made-up");
      lines.next();
      lines.next();
      assertThat(Scrape.series(server, "agentic_", "gateway_calls_total", "gateway_llm"))
          .containsExactly(
              "gateway_calls_total{outcome=\"rejected\",route=\"completions\",status=\"4xx\"} 2.0");
    }
  }
}
