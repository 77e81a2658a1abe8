package io.agenticprimitives.gateway.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.UpstreamError;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.RequestFault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAIErrorsTest {
  private final JsonBuffer json = new JsonBuffer();

  private String written(Failure failure) {
    OpenAIErrors.write(failure, json);
    return json.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_REQUEST, invalid_request_error,",
    "UNSUPPORTED, invalid_request_error, unsupported_parameter",
    "NOT_FOUND, invalid_request_error,",
    "CONFLICT, invalid_request_error,",
    "TOO_LARGE, invalid_request_error,",
    "UNPROCESSABLE, invalid_request_error,",
    "RATE_LIMITED, rate_limit_error, rate_limit_exceeded",
    "CANCELLED, invalid_request_error,",
    "INTERNAL, server_error, internal",
    "AUTHENTICATION, server_error, authentication",
    "PERMISSION, server_error, permission",
    "UNREACHABLE, server_error, unreachable",
    "UPSTREAM_FAILURE, server_error, upstream_failure",
    "CUT, server_error, cut",
    "UNAVAILABLE, server_error, unavailable",
    "OVERLOADED, server_error, overloaded",
    "TIMEOUT, server_error, timeout",
  })
  void eachKindHasATypeAndIfCallersCanActOnItACode(ErrorKind kind, String type, String code) {
    assertThat(written(Failure.of(new BackendException(kind, "It \"failed\"."))))
        .isEqualTo(
            "{\"error\":{\"message\":\"It \\\"failed\\\".\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                .formatted(type, code == null ? "null" : '"' + code + '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "401, unauthenticated, authentication_error, invalid_api_key",
    "403, forbidden, permission_error,",
    "404, model_not_found, invalid_request_error, model_not_found",
    "404, http, invalid_request_error,",
    "503, overloaded, server_error, overloaded",
  })
  void soHasWhatTheGatewayItselfRefuses(int status, String kind, String type, String code)
      throws IOException {
    JsonNode error =
        new ObjectMapper().readTree(written(Failure.of(status, kind, "No."))).path("error");
    assertThat(error.path("type").asText()).isEqualTo(type);
    assertThat(error.path("code").asText(null)).isEqualTo(code);
  }

  @Test
  void typeCodeAndParameterOfTheUpstreamAreKept() {
    BackendException failure =
        new BackendException(ErrorKind.INVALID_REQUEST, "Too long.")
            .withUpstream(
                new UpstreamError(
                    400, "invalid_request_error", "context_length_exceeded", "messages", "req-1"));
    assertThat(written(Failure.of(failure)))
        .isEqualTo(
            "{\"error\":{\"message\":\"Too long.\",\"type\":\"invalid_request_error\","
                + "\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}");
  }

  @Test
  void theGatewaysOwnWordOnTheParameterStands() {
    BackendException failure =
        new BackendException(ErrorKind.UNSUPPORTED, "No seeds.").withParameter("seed");
    assertThat(written(Failure.of(failure))).contains("\"param\":\"seed\"");
  }

  @Test
  void allFaultsOfABodyAreToldAndTheFirstIsTheParameter() {
    OpenAIErrors.write(
        List.of(
            fault("missing", List.of("body", "messages", 0, "role"), "Field required", ""),
            fault("bool_type", List.of("body", "stream"), "Should be a boolean", "")),
        json);
    assertThat(json.toString())
        .isEqualTo(
            "{\"error\":{\"message\":\"'messages[0].role': Field required; 'stream': Should be a"
                + " boolean.\",\"type\":\"invalid_request_error\",\"param\":\"messages[0].role\","
                + "\"code\":null}}");
  }

  @Test
  void aFaultOfTheSyntaxHasNoParameter() {
    OpenAIErrors.write(
        List.of(
            fault("json_invalid", List.of("body", 17), "JSON decode error", "{\"error\":\"x\"}")),
        json);
    assertThat(json.toString())
        .isEqualTo(
            "{\"error\":{\"message\":\"JSON decode error: x.\","
                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
  }

  @Test
  void aFaultOfTheWholeBodyHasNoParameter() {
    OpenAIErrors.write(List.of(fault("missing", List.of("body"), "Field required", "")), json);
    assertThat(json.toString()).contains("\"message\":\"Field required.\"", "\"param\":null");
  }

  private static RequestFault fault(String type, List<Object> place, String words, String context) {
    return new RequestFault(
        type,
        place,
        words,
        JsonText.NULL,
        context.isEmpty() ? Optional.empty() : Optional.of(new JsonText(context)));
  }
}
