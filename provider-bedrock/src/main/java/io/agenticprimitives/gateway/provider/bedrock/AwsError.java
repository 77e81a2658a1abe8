package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What AWS says of a failure.
///
/// @param name of the exception, `ThrottlingException` for instance; empty if it has none
/// @param message AWS's words, as they came; possibly empty
/// @param requestId AWS's id of the request; possibly empty
record AwsError(String name, String message, String requestId) {

  /// The body and headers of an answer with an error status. The name stands in the header
  /// `x-amzn-ErrorType`, followed by a colon and an address, or in the body; API keys and load
  /// balancers have their own forms of body.
  static AwsError ofAnswer(@Nullable String typeHeader, @Nullable String requestId, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    JsonNode json = text.startsWith("{") ? ResponseJson.treeOrNull(text) : null;
    String name = typeHeader == null ? "" : typeHeader;
    String id = requestId == null ? "" : AwsWords.name(requestId);
    if (json == null) {
      return new AwsError(nameOf(name), text.startsWith("<") ? AwsWords.titleOf(text) : text, id);
    }
    AwsError written = inAnswer(json, id);
    return name.isEmpty() ? written : new AwsError(nameOf(name), written.message(), id);
  }

  /// An object that came with a good status, where an answer was wanted; its message is empty if it
  /// tells of no error.
  static AwsError inAnswer(JsonNode root, String requestId) {
    // An unknown path is answered like this.
    JsonNode inner = root.path("Output").isObject() ? root.path("Output") : root;
    return new AwsError(
        nameOf(firstText(inner, "__type", "code", "Code")), messageOf(inner), requestId);
  }

  /// An exception frame of an event stream: its name begins in lower case there.
  static AwsError ofException(String type, byte[] payload, String requestId) {
    JsonNode json = ResponseJson.treeOrNull(new String(payload, StandardCharsets.UTF_8));
    return new AwsError(nameOf(type), json == null ? "" : messageOf(json), requestId);
  }

  /// An error frame of an event stream.
  static AwsError ofErrorFrame(String code, String message, String requestId) {
    return new AwsError(nameOf(code), message, requestId);
  }

  /// A model's own words stand beside Bedrock's.
  private static String messageOf(JsonNode root) {
    String message = firstText(root, "message", "Message", "errorMessage");
    String original = firstText(root, "originalMessage");
    if (original.isEmpty() || message.contains(original)) {
      return message;
    }
    return message.isEmpty() ? original : message + " The model said: " + original;
  }

  private static String firstText(JsonNode object, String... names) {
    for (String name : names) {
      String text = object.path(name).asText("");
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static String nameOf(String written) {
    String name = written.split(":", 2)[0];
    name = AwsWords.name(name.substring(name.indexOf('#') + 1).strip());
    return name.isEmpty() ? "" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
