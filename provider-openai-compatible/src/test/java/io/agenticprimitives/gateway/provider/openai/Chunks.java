package io.agenticprimitives.gateway.provider.openai;

/// Writes streamed answers as OpenAI does.
final class Chunks {
  static final String DONE = "data: [DONE]\n\n";

  private Chunks() {}

  /// The answer to a stream of these chunks and `[DONE]`.
  static Answer answer(String... chunks) {
    return Answer.ofStream(stream(chunks) + DONE);
  }

  static String stream(String... chunks) {
    StringBuilder stream = new StringBuilder();
    for (String chunk : chunks) {
      stream.append("data: ").append(chunk).append("\n\n");
    }
    return stream.toString();
  }

  /// A chunk whose first choice has this delta.
  static String delta(String delta) {
    return "{\"id\":\"c1\",\"model\":\"m1\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":null}]}";
  }

  static String text(String text) {
    return delta("{\"content\":\"" + text + "\"}");
  }

  static String toolCalls(String calls) {
    return delta("{\"tool_calls\":" + calls + "}");
  }

  static String finish(String reason) {
    return "{\"id\":\"c1\",\"model\":\"m1\",\"choices\":[{\"index\":0,\"delta\":{},"
        + "\"finish_reason\":\""
        + reason
        + "\"}]}";
  }

  /// A whole answer whose first choice has this message.
  static String whole(String message, String finishReason) {
    return "{\"id\":\"c1\",\"model\":\"m1\",\"choices\":[{\"index\":0,\"message\":"
        + message
        + ",\"finish_reason\":\""
        + finishReason
        + "\"}]}";
  }
}
