package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The complete list of what the gateway changes in an answer of OpenAI's dialect on its way to a
/// caller of the same dialect, as `docs/api.md` tells callers of it. Each is done here to what an
/// upstream sent; whatever there is then must arrive as it is.
final class ChatNormalisations {
  private final ObjectNode answer;
  private final JsonNode expected;
  private final boolean functions;

  /// @param answer what the upstream sent
  /// @param expected the corpus' own reading of it
  /// @param functions whether the caller offered its tools as `functions`
  ChatNormalisations(ObjectNode answer, JsonNode expected, boolean functions) {
    this.answer = answer;
    this.expected = expected;
    this.functions = functions;
  }

  /// What the caller is to get.
  ObjectNode normalised() {
    padding();
    identity();
    usage();
    for (JsonNode choice : answer.path("choices")) {
      if (choice.path("index").asInt() == 0) {
        finishReason((ObjectNode) choice);
        repeatedText((ObjectNode) choice);
        ObjectNode message = (ObjectNode) choice.path("message");
        reasoningParts(message);
        texts(message);
        toolCalls(message);
      }
    }
    return answer;
  }

  /// `object` says in which form the answer comes; random padding is left out.
  private void padding() {
    answer.remove(List.of("object", "obfuscation", "p", "padding"));
  }

  /// What names an answer is made where the upstream says nothing.
  private void identity() {
    for (String name : List.of("id", "created")) {
      JsonNode value = answer.path(name);
      if (value.asText().isEmpty() || value.asText().equals("0")) {
        answer.remove(name);
      }
    }
    answer.put("model", expected.path("model").asText(""));
  }

  /// Usage that an upstream of this dialect sends elsewhere is found at its place, too.
  private void usage() {
    JsonNode elsewhere = answer.path("x_groq").path("usage");
    if (!answer.path("usage").isObject() && elsewhere.isObject()) {
      answer.set("usage", elsewhere);
    }
  }

  /// One of OpenAI's words, and the upstream's own beside it if that is another.
  private void finishReason(ObjectNode choice) {
    String own = expected.path("upstream_stop_reason").asText("");
    String word =
        switch (expected.path("stop_reason").asText()) {
          case "tool_use" -> functions ? "function_call" : "tool_calls";
          case "max_tokens" -> "length";
          case "content_filter" -> "content_filter";
          default -> "stop";
        };
    choice.put("finish_reason", word);
    if (!own.isEmpty() && !own.equals("null") && !own.equals(word)) {
      choice.put("upstream_finish_reason", own);
    }
  }

  /// Together writes the text of the message once more.
  private static void repeatedText(ObjectNode choice) {
    if (choice.path("text").equals(choice.path("message").path("content"))) {
      choice.remove("text");
    }
  }

  /// Parts of the content that are reasoning and must go back to the upstream are found among the
  /// opaque blocks; pieces of one are one.
  private static void reasoningParts(ObjectNode message) {
    ArrayNode parts = NativeClient.JSON.createArrayNode();
    JsonNode sent = message.remove(ChunkFold.CONTENT_PARTS);
    for (JsonNode part : sent == null ? parts : sent) {
      String kind = part.path("type").asText();
      JsonNode last = parts.path(parts.size() - 1);
      if (last.path("type").asText().equals(kind) && part.path(kind).isArray()) {
        ObjectNode text = (ObjectNode) last.path(kind).path(0);
        text.put(
            "text", text.path("text").asText() + part.path(kind).path(0).path("text").asText());
      } else if (kind.equals("thinking") || kind.equals("reasoning")) {
        parts.add(part.deepCopy());
      }
    }
    if (!parts.isEmpty()) {
      message.putArray("reasoning_blocks").addObject().put("field", "content").set("value", parts);
    }
  }

  /// Content is text, also where the upstream sent a list of parts or an object; reasoning is
  /// `reasoning_content`, whichever of its names the upstream has for it.
  private void texts(ObjectNode message) {
    message.put("content", expected.path("text").asText());
    message.remove(List.of("reasoning", "reasoning_text", "reasoning_content"));
    message.put("reasoning_content", expected.path("reasoning").asText());
    message.put("role", "assistant");
    message.put("refusal", expected.path("refusal").asText(""));
  }

  /// Calls have an id, a type and arguments that are JSON text; their place in the list is their
  /// index; empty members of the other forms of calls are left out.
  private void toolCalls(ObjectNode message) {
    JsonNode old = message.path("function_call");
    if (old.path("name").asText().isEmpty()) {
      message.remove("function_call");
    } else if (functions) {
      return;
    }
    ArrayNode calls = NativeClient.JSON.createArrayNode();
    JsonNode sent = message.path("tool_calls");
    for (JsonNode wanted : expected.path("tool_calls")) {
      ObjectNode call = calls.addObject();
      if (sent.path(calls.size() - 1) instanceof ObjectNode object) {
        call.setAll(object);
      }
      call.remove(List.of("index", "custom"));
      call.set("id", wanted.path("id"));
      call.put("type", "function")
          .putObject("function")
          .put("name", wanted.path("name").asText())
          .put("arguments", wanted.path("arguments").asText());
    }
    message.set("tool_calls", calls);
  }
}
