package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a caller was told in the end: a complete answer, or that it failed. There is nothing else;
/// whatever looks like neither is a lie, and an [AssertionError].
///
/// @param finished whether the answer is complete
/// @param failure in the words that the caller got; empty if there is none
/// @param text of the answer; where it failed, as much as came
record Told(boolean finished, String failure, String text) {
  private static final String DONE = "data: [DONE]\n\n";

  /// @param ask how it was asked for
  /// @param brokenOff whether the connection ended before the body did
  static Told of(Ask ask, int status, String body, boolean brokenOff) {
    if (status != 200) {
      assertThat(brokenOff).as("a refusal broke off: %s", body).isFalse();
      JsonNode words = NativeClient.json(body).at(ask.isChat() ? "/error/message" : "/detail");
      assertThat(words.isMissingNode()).as("a refusal without words: %s", body).isFalse();
      return new Told(false, words.toString(), "");
    }
    return switch (ask) {
      case NATIVE_STREAM -> nativeStream(body, brokenOff);
      case CHAT_STREAM -> chatStream(body, brokenOff);
      case NATIVE_WHOLE -> whole(body, brokenOff, "/content", "/stop_reason", "end_turn");
      case CHAT_WHOLE ->
          whole(body, brokenOff, "/choices/0/message/content", "/choices/0/finish_reason", "stop");
    };
  }

  private static Told whole(
      String body, boolean brokenOff, String text, String reason, String finished) {
    assertThat(brokenOff).as("an answer broke off: %s", body).isFalse();
    JsonNode json = NativeClient.json(body);
    assertThat(json.at(reason).asText()).as(body).isEqualTo(finished);
    return new Told(true, "", json.at(text).asText());
  }

  private static Told nativeStream(String body, boolean brokenOff) {
    assertThat(brokenOff).as("a stream broke off: %s", end(body)).isFalse();
    List<JsonNode> events = NativeClient.events(body);
    List<String> types = events.stream().map(event -> event.path("type").asText()).toList();
    assertThat(types).as(end(body)).containsOnlyOnce("message_stop").hasSizeGreaterThan(1);
    String text = joined(events, "/delta");
    if (!types.contains("error")) {
      assertThat(types.subList(types.size() - 2, types.size()))
          .as(end(body))
          .containsExactly("message_stop", "metadata");
      assertThat(events.get(types.size() - 2).path("stop_reason").asText()).isEqualTo("end_turn");
      return new Told(true, "", text);
    }
    assertThat(types).containsOnlyOnce("error");
    assertThat(types.subList(types.size() - 2, types.size()))
        .as(end(body))
        .containsExactly("error", "message_stop");
    assertThat(events.getLast().path("stop_reason").asText()).isEqualTo("error");
    return new Told(false, events.get(types.size() - 2).path("detail").asText(), text);
  }

  /// A failure ends with the connection, because some clients notice nothing else.
  private static Told chatStream(String body, boolean brokenOff) {
    List<JsonNode> chunks = NativeClient.events(body.replace(DONE, ""));
    String text = joined(chunks, "/choices/0/delta/content");
    boolean failed = chunks.stream().anyMatch(chunk -> chunk.has("error"));
    if (!failed) {
      assertThat(brokenOff).as("a stream broke off: %s", end(body)).isFalse();
      assertThat(body).endsWith(DONE);
      assertThat(chunks)
          .filteredOn(chunk -> chunk.at("/choices/0/finish_reason").asText().equals("stop"))
          .as(end(body))
          .hasSize(1);
      return new Told(true, "", text);
    }
    assertThat(brokenOff).as("a failed stream ends well: %s", end(body)).isTrue();
    assertThat(body).doesNotContain(DONE);
    assertThat(chunks).filteredOn(chunk -> chunk.has("error")).hasSize(1);
    assertThat(chunks.getLast().has("error")).as(end(body)).isTrue();
    return new Told(false, chunks.getLast().at("/error/message").asText(), text);
  }

  private static String joined(List<JsonNode> events, String pointer) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.at(pointer).asText()));
    return text.toString();
  }

  private static String end(String body) {
    return "..." + body.substring(Math.max(0, body.length() - 500));
  }
}
