package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Reads Anthropic's errors: `{"type": "error", "error": {"type", "message"}, "request_id"}`, as
/// the body of an HTTP error or as an event of a stream that has begun.
record UpstreamErrors(Redaction redaction) {

  BackendException ofAnswer(int status, HttpHeaders headers, String body) {
    JsonNode answer = Json.parse(body).orElse(MissingNode.getInstance());
    String requestId =
        headers.firstValue("request-id").orElse(answer.path("request_id").asText(""));
    ErrorKind kind = ErrorKind.ofUpstreamStatus(status);
    BackendException failure = failure(kind, status, answer.path("error"), requestId);
    return headers
        .firstValue("retry-after")
        .flatMap(UpstreamErrors::delay)
        .map(failure::withRetryAfter)
        .orElse(failure);
  }

  /// @param event the whole event, of type `error`
  BackendException ofEvent(JsonNode event) {
    JsonNode error = event.path("error");
    ErrorKind kind = ErrorKind.ofUpstreamStatus(statusOf(error.path("type").asText("")));
    return failure(kind, 0, error, event.path("request_id").asText(""));
  }

  private BackendException failure(ErrorKind kind, int status, JsonNode error, String requestId) {
    String said = redaction.apply(error.path("message").asText(""));
    String what = status == 0 ? "failed in the middle of its answer" : "answered with " + status;
    String message = "Anthropic's API " + what + (said.isEmpty() ? "." : ": " + said);
    String type = redaction.apply(error.path("type").asText(""));
    return new BackendException(kind, message)
        .withUpstream(new UpstreamError(status, type, "", "", redaction.apply(requestId)));
  }

  /// The status that an error has outside of streams ("Errors" in the API's documentation).
  private static int statusOf(String type) {
    return switch (type) {
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      case "permission_error" -> 403;
      case "not_found_error" -> 404;
      case "conflict_error" -> 409;
      case "request_too_large" -> 413;
      case "rate_limit_error" -> 429;
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> 500;
    };
  }

  /// Seconds, or a date (RFC 9110, section 10.2.3).
  static Optional<Duration> delay(String value) {
    String text = value.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration delay = Duration.between(Instant.now(), date);
      return Optional.of(delay.isNegative() ? Duration.ZERO : delay);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
