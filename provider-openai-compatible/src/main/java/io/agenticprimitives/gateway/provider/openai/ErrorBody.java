package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/// What the JSON of an error says. Servers of the OpenAI dialect do not agree on its shape; these
/// are known: `{"error":{"message","type","code","param"}}` (OpenAI, Azure, vLLM, Groq, ...), the
/// same as a list (Google), `{"error":"..."}` (Ollama, xAI, Venice), the members without `error`
/// (Mistral, older vLLM), `{"detail":"..."}` and `{"detail":[{"loc","msg"}]}` (FastAPI, Mistral),
/// `{"errors":[{"message"}]}` (Cloudflare), `{"message":"..."}` (AWS), and OpenRouter's
/// `error.metadata.raw`, which holds the error of the server behind it as JSON or text.
///
/// @param message the upstream's words, not yet sanitised; empty if there are none
/// @param type, code, param as text, or empty
/// @param status the HTTP status that the body names, 0 if it names none
record ErrorBody(String message, String type, String code, String param, int status) {
  private static final int MAX_DEPTH = 6;
  private static final int MAX_PARTS = 10;
  private static final int MAX_FAILED_GENERATION = 500;
  private static final String[] MESSAGE_NAMES = {
    "message",
    "msg",
    "Message",
    "detail",
    "error",
    "error_description",
    "description",
    "errors",
    "reason",
    "title"
  };

  /// Whether a JSON value is an error and nothing else, or holds an error beside an answer: a
  /// member `error` that says something, at the top or in the first choice, or `"object":"error"`.
  static boolean isError(JsonNode root) {
    JsonNode body = firstOf(root);
    return !ResponseJson.saysNothing(body.path("error"))
        || body.path("object").asText().equals("error")
        || !ResponseJson.saysNothing(errorInChoice(body));
  }

  private static JsonNode errorInChoice(JsonNode body) {
    for (JsonNode choice : body.path("choices")) {
      JsonNode error = choice.path("error");
      if (!ResponseJson.saysNothing(error)) {
        return error;
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode firstOf(JsonNode root) {
    return root.isArray() && !root.isEmpty() ? root.get(0) : root;
  }

  /// Reads the JSON of an error, whatever its shape.
  static ErrorBody of(JsonNode root) {
    JsonNode body = firstOf(root);
    JsonNode error = body.path("error");
    if (ResponseJson.saysNothing(error)) {
      error = errorInChoice(body);
    }
    JsonNode named = error.isObject() ? error : body;
    String message = messageIn(error, 0);
    if (message.isEmpty()) {
      message = messageIn(body, 0);
    }
    return new ErrorBody(
        withDetails(message, named),
        typeIn(named),
        scalar(named.path("code")),
        scalar(named.path("param")),
        statusIn(named));
  }

  /// Only words.
  static ErrorBody ofText(String message) {
    return new ErrorBody(message, "", "", "", 0);
  }

  private static String typeIn(JsonNode error) {
    String type = scalar(error.path("type"));
    // Google writes its own name for the error there.
    return type.isEmpty() && error.path("status").isTextual() ? scalar(error.path("status")) : type;
  }

  private static String scalar(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  private static int statusIn(JsonNode error) {
    for (String name : new String[] {"status_code", "code", "status", "raw_status_code"}) {
      JsonNode value = error.path(name);
      String text = scalar(value);
      if (text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        int status = Integer.parseInt(text);
        if (status >= 400 && status < 600) {
          return status;
        }
      }
    }
    return 0;
  }

  private static String messageIn(JsonNode value, int depth) {
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isArray() && depth < MAX_DEPTH) {
      return messagesIn(value, depth);
    }
    if (!value.isObject() || depth >= MAX_DEPTH) {
      return "";
    }
    for (String name : MESSAGE_NAMES) {
      String message = messageIn(value.path(name), depth + 1);
      if (!message.isBlank()) {
        return located(value.path("loc"), message);
      }
    }
    return "";
  }

  private static String messagesIn(JsonNode list, int depth) {
    List<String> messages = new ArrayList<>();
    for (JsonNode part : list) {
      String message = messageIn(part, depth + 1);
      if (!message.isBlank() && messages.size() < MAX_PARTS) {
        messages.add(message);
      }
    }
    return String.join("; ", messages);
  }

  /// FastAPI says where in the request the fault is.
  private static String located(JsonNode location, String message) {
    if (!location.isArray() || location.isEmpty()) {
      return message;
    }
    List<String> path = new ArrayList<>();
    location.forEach(step -> path.add(scalar(step)));
    return String.join(".", path) + ": " + message;
  }

  private static String withDetails(String message, JsonNode error) {
    StringBuilder words = new StringBuilder(message);
    JsonNode metadata = error.path("metadata");
    String behind = messageBehind(metadata.path("raw"));
    if (!behind.isBlank() && !message.contains(behind)) {
      String provider = scalar(metadata.path("provider_name"));
      words.append(message.isEmpty() ? "" : ": ");
      words.append(provider.isEmpty() ? "" : provider + ": ").append(behind);
    }
    // What the model wrote is what tells the caller why it could not be read as a tool call.
    String generation = scalar(error.path("failed_generation"));
    if (!generation.isEmpty()) {
      int end = Math.min(generation.length(), MAX_FAILED_GENERATION);
      words.append(" (the model had written: ").append(generation, 0, end).append(')');
    }
    return words.toString();
  }

  private static String messageBehind(JsonNode raw) {
    if (!raw.isTextual()) {
      return messageIn(raw, 1);
    }
    JsonNode tree = ResponseJson.treeOrNull(raw.textValue());
    String message = tree == null || tree.isValueNode() ? "" : messageIn(tree, 1);
    return message.isBlank() ? raw.textValue().strip() : message;
  }
}
