package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the answer of an upstream whose status is not 2xx.
final class ErrorDecoder {
  /// How much of a body is read; no error needs more.
  static final int MAX_BODY = 64 << 10;

  private ErrorDecoder() {}

  /// What the answer means, with the upstream's own message in it if there is one. A body that
  /// cannot be read to its end still counts for what came of it.
  ///
  /// @param status the HTTP status
  /// @param retryAfter the header `Retry-After`, or null
  /// @param requestId the upstream's id of the request, or null
  /// @param contentType the header `Content-Type`, or null; it decides only whether text is HTML
  static BackendException decode(
      int status,
      @Nullable String retryAfter,
      @Nullable String requestId,
      @Nullable String contentType,
      InputStream body) {
    ErrorBody said = read(contentType == null ? "" : contentType, text(body));
    BackendException failure =
        UpstreamFailures.withStatus(status, said, requestId == null ? "" : requestId);
    Optional<Duration> delay = RetryAfter.parse(retryAfter, Instant.now());
    return delay.map(failure::withRetryAfter).orElse(failure);
  }

  private static String text(InputStream body) {
    byte[] bytes = new byte[MAX_BODY];
    int length = 0;
    try {
      int count = 0;
      while (count >= 0 && length < MAX_BODY) {
        length += count;
        count = body.read(bytes, length, MAX_BODY - length);
      }
    } catch (IOException cutOff) {
      return decoded(bytes, length);
    }
    return decoded(bytes, length);
  }

  private static String decoded(byte[] bytes, int length) {
    String text = new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8).strip();
    return text.startsWith("\uFEFF") ? text.substring(1).strip() : text;
  }

  private static ErrorBody read(String contentType, String text) {
    if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
      JsonNode root = ResponseJson.treeOrNull(text);
      if (root != null) {
        return root.isTextual() ? ErrorBody.ofText(root.textValue()) : ErrorBody.of(root);
      }
    }
    boolean page =
        text.startsWith("<") || contentType.toLowerCase(Locale.ROOT).contains("text/html");
    return ErrorBody.ofText(page ? UpstreamText.titleOf(text) : text);
  }
}
