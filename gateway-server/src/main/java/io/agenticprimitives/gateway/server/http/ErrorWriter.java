package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.RequestFault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Writes errors in the one form that they have: `{"detail": ...}`. An answer that has begun is
/// left alone.
final class ErrorWriter {
  static final String JSON = "application/json";

  private ErrorWriter() {}

  static JsonBuffer detail(String detail) {
    return new JsonBuffer().object().field("detail", detail).endObject();
  }

  /// A failure with its status and, if it is known, the time after which to try again.
  static void write(HttpServletResponse response, Failure failure) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    failure.retryAfter().ifPresent(delay -> response.setHeader("Retry-After", seconds(delay)));
    send(response, failure.status(), detail(failure.detail()));
  }

  /// All faults of a request's body: status 422 and a list.
  static void write(HttpServletResponse response, List<RequestFault> faults) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    JsonBuffer json = new JsonBuffer().object().name("detail").array();
    faults.forEach(fault -> write(json, fault));
    send(response, 422, json.endArray().endObject());
  }

  private static void write(JsonBuffer json, RequestFault fault) {
    json.object().field("type", fault.type()).name("loc").array();
    for (Object step : fault.loc()) {
      if (step instanceof Integer index) {
        json.value(index);
      } else {
        json.value(step.toString());
      }
    }
    json.endArray().field("msg", fault.msg()).field("input", fault.input());
    fault.ctx().ifPresent(context -> json.field("ctx", context));
    json.endObject();
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
