package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;

/// Answers of an upstream.
final class Scripts {
  static final String CHUNK = Chunks.text("Hello");
  static final String FINISH =
      "{\"model\":\"m1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
  static final Step SSE = Step.Respond.chunked(200, "text/event-stream");
  static final Step JSON = Step.Respond.chunked(200, "application/json");

  /// A whole answer that says "Hello".
  static final Script WHOLE =
      Script.json(
          200,
          "{\"model\":\"m1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
              + "\"finish_reason\":\"stop\"}]}");

  /// A stream that says "Hello".
  static final Script STREAM = Script.sse(CHUNK, FINISH, "[DONE]");

  private Scripts() {}

  static Script error(int status, String message) {
    return Script.json(status, "{\"error\":{\"message\":\"" + message + "\"}}");
  }
}
