package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.server.testing.LogLines;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorsTest {

  @ParameterizedTest
  @EnumSource(value = ErrorKind.class, mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
  void eachKindOfFailureHasItsStatus(ErrorKind kind) throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.start(
            FakeModel.of(
                (_, _) -> {
                  throw new BackendException(kind, "Told \u00fc.", new Exception("hidden"));
                }))) {
      for (String path : List.of(ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM)) {
        HttpResponse<String> response = server.post(path, ServerUnderTest.HELLO);
        assertThat(response.statusCode()).isEqualTo(kind.httpStatus());
        assertThat(response.body()).startsWith("{\"detail\":\"").endsWith("Told \\u00fc.\"}");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
      }
    }
  }

  @Test
  void faultsOfTheBodyAreAListWithStatus422() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.answering())) {
      for (String path : List.of(ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM)) {
        HttpResponse<String> response = server.post(path, "{}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
            .isEqualTo(
                "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\"],"
                    + "\"msg\":\"Field required\",\"input\":{}}]}");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM})
  void whatNobodyForesawIsToldWithoutAWordOfWhatItWas(String path) throws Exception {
    try (LogLines log = LogLines.of(InternalFailures.class.getName());
        ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.of(
                    (_, _) -> {
                      throw new NoMemoryLeft("sk-canary at 10.0.0.1");
                    }))) {
      HttpResponse<String> response =
          server.post(path, ServerUnderTest.HELLO, "X-Request-Id", "mine");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.headers().firstValue("X-Request-Id")).contains("mine");
      assertThat(response.body())
          .isEqualTo(
              "{\"detail\":\"Internal error. The operator finds it in the log under request id"
                  + " mine.\"}");
      assertThat(log.next().getFormattedMessage()).isEqualTo("Request mine failed inside");
    }
  }

  @Test
  void whatNobodyForesawInTheMiddleOfAStreamEndsItAsAFailure() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> breaking()))) {
      HttpResponse<String> response =
          server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO, "X-Request-Id", "mine");
      assertThat(response.body())
          .isEqualTo(
              """
              data: {"type":"content_delta","delta":"Fo"}

              data: {"type":"error","status":500,"kind":"internal","detail":"Internal error. \
              The operator finds it in the log under request id mine."}

              data: {"type":"message_stop","stop_reason":"error","model":"small-1"}

              """);
    }
  }

  private static EventStream breaking() {
    return new EventStream() {
      private int at = 0;

      @Override
      public StreamEvent next() {
        return switch (at++) {
          case 0 -> Events.started();
          case 1 -> Events.text("Fo");
          default -> throw new NoMemoryLeft("sk-canary");
        };
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  /// What the boundary around plugins lets pass.
  private static final class NoMemoryLeft extends VirtualMachineError {
    private static final long serialVersionUID = 1L;

    NoMemoryLeft(String message) {
      super(message);
    }
  }
}
