package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.server.output.JsonBuffer;

/// One event is one line `data: ` with one JSON object, and an empty line. There is exactly one
/// space, because the original project's readers cut off six characters.
final class SseFraming {
  private SseFraming() {}

  static JsonBuffer begin(JsonBuffer json, String type) {
    return json.framing("data: ").object().field("type", type);
  }

  static void end(JsonBuffer json) {
    json.endObject().framing("\n\n");
  }
}
