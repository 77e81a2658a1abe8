package io.agenticprimitives.gateway.provider.openai;

import java.util.Random;

/// Well-formed JSON that has the names of an answer in it and the wrong values under them, or the
/// right ones.
final class Nonsense {
  private static final String[] NAMES = {
    "choices",
    "index",
    "delta",
    "message",
    "content",
    "role",
    "refusal",
    "reasoning",
    "reasoning_content",
    "reasoning_details",
    "tool_calls",
    "function_call",
    "function",
    "name",
    "arguments",
    "id",
    "type",
    "custom",
    "input",
    "finish_reason",
    "finish_details",
    "stop_reason",
    "logprobs",
    "usage",
    "prompt_tokens",
    "completion_tokens",
    "prompt_tokens_details",
    "cached_tokens",
    "error",
    "code",
    "detail",
    "metadata",
    "raw",
    "loc",
    "msg",
    "status",
    "model",
    "created",
    "object",
    "x_groq",
    "text",
    "thinking",
    "summary",
    "signature",
    "data",
    "models",
    "extra_content",
    "audio",
    "annotations",
    "citations",
    "unknown"
  };
  private static final String[] SCALARS = {
    "null",
    "true",
    "0",
    "1",
    "-1",
    "7.5",
    "1e400",
    "NaN",
    "12345678901234567890",
    "\"\"",
    "\"a\"",
    "\"stop\"",
    "\"tool_calls\"",
    "\"length\"",
    "\"error\"",
    "\"text\"",
    "\"thinking\"",
    "\"custom\"",
    "\"reasoning.text\"",
    "\"{}\"",
    "\"{\\\"a\\\":1}\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"400\"",
    "\"f\""
  };

  private final Random random;

  Nonsense(Random random) {
    this.random = random;
  }

  /// A chunk that is right at the top, mostly.
  String chunk() {
    if (random.nextInt(10) == 0) {
      return object(4);
    }
    String index = random.nextInt(4) == 0 ? value(1) : "0";
    String speech = random.nextInt(4) == 0 ? "message" : "delta";
    return "{\"model\":\"m\",\"choices\":[{\"index\":"
        + index
        + ",\""
        + speech
        + "\":"
        + object(4)
        + ","
        + member(3)
        + "}],"
        + member(3)
        + "}";
  }

  private String member(int depth) {
    String name = NAMES[random.nextInt(NAMES.length)];
    boolean calls = name.equals("tool_calls") && random.nextInt(3) > 0;
    return "\""
        + name
        + "\":"
        + (calls ? "[" + call(depth) + "," + call(depth) + "]" : value(depth));
  }

  private String call(int depth) {
    return "{\"index\":"
        + random.nextInt(2)
        + ",\"id\":"
        + scalar()
        + ",\"function\":{\"name\":"
        + scalar()
        + ",\"arguments\":"
        + value(depth - 1)
        + "}}";
  }

  private String value(int depth) {
    int kind = depth <= 0 ? 0 : random.nextInt(4);
    return switch (kind) {
      case 1 -> object(depth);
      case 2 -> array(depth);
      default -> scalar();
    };
  }

  private String scalar() {
    return SCALARS[random.nextInt(SCALARS.length)];
  }

  private String object(int depth) {
    StringBuilder json = new StringBuilder("{");
    for (int i = random.nextInt(5); i > 0; i--) {
      json.append(member(depth - 1)).append(i > 1 ? "," : "");
    }
    return json.append('}').toString();
  }

  private String array(int depth) {
    StringBuilder json = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      json.append(value(depth - 1)).append(i > 1 ? "," : "");
    }
    return json.append(']').toString();
  }
}
