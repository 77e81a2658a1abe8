package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.List;

/// What a caller was told, on whatever route. Reading an answer checks that it has the form that
/// callers rely on: one end, of one sort, and nothing behind it.
///
/// @param status of the failure; 200 if the answer is complete, and 0 if a stream of OpenAI's form
///   failed, which does not tell it
/// @param kind of the failure, where the route tells it
/// @param message of the failure; empty if the answer is complete
/// @param begun whether the failure came in a stream that had begun
/// @param text of the answer, as far as it came
record Heard(
    int status, String kind, String message, boolean begun, String text, HttpHeaders headers) {

  boolean isComplete() {
    return status == 200;
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// An answer of the native API in one piece.
  static Heard whole(ChatClient.Reply reply) {
    JsonNode body = reply.json();
    assertThat(reply.brokenOff()).isFalse();
    if (reply.status() != 200) {
      return refused(reply.status(), body.path("detail"), reply.headers());
    }
    assertThat(body.path("stop_reason").asText("")).isNotEmpty().isNotEqualTo("error");
    return complete(body.path("content").asText(""), reply.headers());
  }

  /// A streamed answer of the native API.
  static Heard streamed(ChatClient.Reply reply) {
    if (reply.status() != 200) {
      return whole(reply);
    }
    assertThat(reply.brokenOff()).isFalse();
    List<JsonNode> events = NativeClient.events(reply.body());
    String text = joined(events, "/delta", "content_delta");
    int last = events.size() - 1;
    long ends = events.stream().filter(event -> isType(event, "message_stop")).count();
    assertThat(ends).as(reply.body()).isEqualTo(1);
    if (isType(events.get(last), "metadata")) {
      assertThat(events.get(last - 1).path("type").asText()).isEqualTo("message_stop");
      assertThat(events.get(last - 1).path("stop_reason").asText("error")).isNotEqualTo("error");
      assertThat(events).noneMatch(event -> isType(event, "error"));
      return complete(text, reply.headers());
    }
    assertThat(events.get(last).path("stop_reason").asText()).isEqualTo("error");
    JsonNode error = events.get(last - 1);
    assertThat(events.stream().filter(event -> isType(event, "error"))).containsExactly(error);
    return new Heard(
        error.path("status").asInt(),
        error.path("kind").asText(),
        error.path("detail").asText(),
        true,
        text,
        reply.headers());
  }

  /// An answer of the OpenAI-compatible API, streamed or in one piece.
  static Heard chat(ChatClient.Reply reply) {
    if (reply.status() != 200) {
      JsonNode error = reply.error();
      assertThat(error.path("type").asText()).isNotEmpty();
      return refused(reply.status(), error.path("message"), reply.headers());
    }
    if (!reply.header("Content-Type").startsWith("text/event-stream")) {
      JsonNode choice = reply.json().path("choices").path(0);
      assertThat(choice.path("finish_reason").asText("")).isNotEmpty();
      return complete(choice.path("message").path("content").asText(""), reply.headers());
    }
    List<JsonNode> chunks = reply.chunks();
    String text = joined(chunks, "/choices/0/delta/content", "");
    long finishes =
        chunks.stream()
            .filter(chunk -> !chunk.at("/choices/0/finish_reason").asText("").isEmpty())
            .count();
    if (reply.isDone()) {
      assertThat(finishes).isEqualTo(1);
      assertThat(chunks).noneMatch(chunk -> chunk.has("error"));
      return complete(text, reply.headers());
    }
    assertThat(reply.body()).doesNotContain("[DONE]");
    assertThat(reply.brokenOff()).isTrue();
    assertThat(finishes).isZero();
    assertThat(chunks.stream().filter(chunk -> chunk.has("error")))
        .containsExactly(chunks.getLast());
    String message = chunks.getLast().path("error").path("message").asText();
    return new Heard(0, "", message, true, text, reply.headers());
  }

  private static Heard refused(int status, JsonNode message, HttpHeaders headers) {
    assertThat(message.isTextual()).isTrue();
    return new Heard(status, "", message.asText(), false, "", headers);
  }

  private static Heard complete(String text, HttpHeaders headers) {
    return new Heard(200, "finished", "", false, text, headers);
  }

  private static boolean isType(JsonNode event, String type) {
    return event.path("type").asText().equals(type);
  }

  private static String joined(List<JsonNode> events, String path, String type) {
    StringBuilder text = new StringBuilder();
    events.stream()
        .filter(event -> isType(event, type))
        .forEach(event -> text.append(event.at(path).asText("")));
    return text.toString();
  }
}
