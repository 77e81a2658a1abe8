package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.RequestFault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Sends errors in the form that the caller expects. An answer that has begun is left alone.
final class ErrorWriter {
  static final String JSON = "application/json";

  private ErrorWriter() {}

  /// A failure with its status and, if it is known, the time after which to try again.
  static void write(HttpServletResponse response, ErrorForm form, Failure failure)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    failure.retryAfter().ifPresent(delay -> response.setHeader("Retry-After", seconds(delay)));
    JsonBuffer json = new JsonBuffer();
    form.write(failure, json);
    send(response, failure.status(), json);
  }

  /// All faults of a request's body.
  static void write(HttpServletResponse response, ErrorForm form, List<RequestFault> faults)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    JsonBuffer json = new JsonBuffer();
    form.write(faults, json);
    send(response, form.wrongBody(), json);
  }

  /// Whole seconds, rounded up: a caller who comes too early is refused again.
  private static String seconds(Duration delay) {
    return Long.toString(delay.plusNanos(999_999_999).toSeconds());
  }

  /// Writes a whole JSON answer.
  static void send(HttpServletResponse response, int status, JsonBuffer json) throws IOException {
    response.setStatus(status);
    response.setContentType(JSON);
    response.setContentLength(json.size());
    json.drainTo(response.getOutputStream());
  }
}
