package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Conversations arrive as Anthropic wants them.
class RequestTest {
  private final ProviderUnderTest provider = new ProviderUnderTest();

  @AfterEach
  void close() {
    provider.close();
  }

  private JsonNode sent(Message... messages) {
    return provider.bodyOf(Requests.of(messages).request());
  }

  private void refused(ContentBlock block) {
    BackendException refusal =
        catchThrowableOfType(
            BackendException.class,
            () -> provider.stream(Requests.of(Requests.user(block)).request()));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
    assertThat(refusal.parameter()).isEqualTo("messages[0].content[0]");
    assertThat(provider.upstream.requestCount()).isZero();
  }

  private static JsonNode json(String text) {
    return Json.read(new JsonText(text));
  }

  @Test
  void aPlainRequestIsNothingButWhatWasAsked() {
    assertThat(sent(Requests.user("Hello")))
        .isEqualTo(
            json(
                """
                {"model":"claude-sonnet-5","max_tokens":8000,"stream":true,
                 "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}\
                """));
    assertThat(provider.call.adjustments).isEmpty();
  }

  @Test
  void instructionsStandApart() {
    JsonNode body =
        sent(Requests.system("Be brief."), Requests.user("Hi"), Requests.system("Be kind."));

    assertThat(body.path("system").findValuesAsText("text"))
        .containsExactly("Be brief.", "Be kind.");
    assertThat(body.path("messages")).hasSize(1);
    assertThat(provider.call.adjustments).containsExactly("messages[2] CHANGED");
  }

  @Test
  void aToolLoopWithReasoningGoesBackAsItCame() {
    String thinking = "{ \"type\":\"thinking\", \"thinking\":\"Hm\", \"signature\":\"c2ln\" }";
    JsonNode body = toolLoop(thinking);

    assertThat(body.path("messages"))
        .isEqualTo(
            json(
                """
                [{"role":"user","content":[{"type":"text","text":"Weather?"}]},
                 {"role":"assistant","content":[
                   {"type":"thinking","thinking":"Hm","signature":"c2ln"},
                   {"type":"text","text":"Let me see."},
                   {"type":"tool_use","id":"t1","name":"w","input":{"city":1.0}},
                   {"type":"tool_use","id":"t2","name":"w","input":{}}]},
                 {"role":"user","content":[
                   {"type":"tool_result","tool_use_id":"t1",
                    "content":[{"type":"text","text":"Rain"}]},
                   {"type":"tool_result","tool_use_id":"t2","is_error":true},
                   {"type":"text","text":"Well?"}]}]\
                """));
    assertThat(provider.call.adjustments).isEmpty();
  }

  private JsonNode toolLoop(String thinking) {
    return sent(
        Requests.user("Weather?"),
        Requests.assistant(
            new ContentBlock.Reasoning("Hm", Optional.empty(), Extras.NONE),
            new ContentBlock.Reasoning("", Optional.of(new JsonText(thinking)), Extras.NONE),
            ContentBlock.Text.of("Let me see."),
            new ContentBlock.ToolUse("t1", "w", "{\"city\": 1.0}", Extras.NONE),
            new ContentBlock.ToolUse("t2", "w", "", Extras.NONE)),
        Requests.result("t1", false, ContentBlock.Text.of("Rain")),
        Requests.result("t2", true),
        Requests.user("Well?"));
  }

  @Test
  void reasoningIsSentVerbatimOrNotAtAll() {
    String redacted = "{ \"type\": \"redacted_thinking\",  \"data\": \"ZW5j\" }";
    provider.upstream.enqueue(Sse.complete(Sse.HELLO));
    provider.complete(
        Requests.of(
                Requests.user("Hi"),
                Requests.assistant(
                    new ContentBlock.Reasoning(
                        "", Optional.of(new JsonText(redacted)), Extras.NONE),
                    new ContentBlock.Reasoning(
                        "", Optional.of(new JsonText("{\"type\":\"thinking\"}")), Extras.NONE),
                    new ContentBlock.Reasoning("Lost", Optional.empty(), Extras.NONE),
                    ContentBlock.Text.of("Hello")),
                Requests.user("Go on"))
            .request());

    assertThat(provider.sent().bodyText()).contains(redacted).doesNotContain("Lost");
    assertThat(provider.call.adjustments)
        .containsExactly("messages[1].content[1] DROPPED", "messages[1] DROPPED");
  }

  @Test
  void picturesAndDocumentsKeepTheirSource() {
    JsonNode body =
        sent(
            Requests.user(
                new ContentBlock.Image(new MediaSource.Inline("image/png", "aGk="), Extras.NONE),
                new ContentBlock.Image(new MediaSource.Url("https://a/b.png"), Extras.NONE),
                new ContentBlock.Document(
                    new MediaSource.Inline("application/pdf", "aGk="), "a.pdf", Extras.NONE),
                new ContentBlock.Document(
                    new MediaSource.Inline("text/plain", "aGk="),
                    "",
                    Requests.extras("citations", "{\"enabled\":true}")),
                new ContentBlock.Document(new MediaSource.FileId("file_1"), "", Extras.NONE)));

    assertThat(body.path("messages").path(0).path("content"))
        .isEqualTo(
            json(
                """
                [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}},
                 {"type":"image","source":{"type":"url","url":"https://a/b.png"}},
                 {"type":"document","title":"a.pdf",
                  "source":{"type":"base64","media_type":"application/pdf","data":"aGk="}},
                 {"type":"document","citations":{"enabled":true},
                  "source":{"type":"text","media_type":"text/plain","data":"hi"}},
                 {"type":"document","source":{"type":"file","file_id":"file_1"}}]\
                """));
  }

  @Test
  void whatIsToBeCachedIsMarked() {
    JsonNode body =
        sent(
            Requests.user(
                new ContentBlock.CachePoint("", Extras.NONE),
                ContentBlock.Text.of("long"),
                new ContentBlock.CachePoint("1h", Extras.NONE),
                new ContentBlock.Text(
                    "longer", Requests.extras("cache_control", "{\"type\":\"ephemeral\"}"))));

    assertThat(body.path("messages").path(0).path("content"))
        .isEqualTo(
            json(
                """
                [{"type":"text","text":"long","cache_control":{"type":"ephemeral","ttl":"1h"}},
                 {"type":"text","text":"longer","cache_control":{"type":"ephemeral"}}]\
                """));
    assertThat(provider.call.adjustments).containsExactly("messages[0].content[0] DROPPED");
  }

  @Test
  void whatAnthropicWouldRefuseIsTakenOutAndTold() {
    JsonNode body =
        sent(
            Requests.user(ContentBlock.Text.of("Hi"), ContentBlock.Text.of(" \n")),
            Requests.assistant(),
            new Message.User(
                List.of(new ContentBlock.Text("Ho", Requests.extras("glow", "1"))),
                Requests.extras("name", "\"Ann\"")));

    assertThat(body.path("messages").findValuesAsText("text")).containsExactly("Hi", "Ho");
    assertThat(provider.call.adjustments)
        .containsExactly(
            "messages[0].content[1] DROPPED",
            "messages[1] DROPPED",
            "messages[2].name DROPPED",
            "messages[2].content[0].glow DROPPED");
  }

  @Test
  void brokenArgumentsAreKeptAsText() {
    JsonNode body =
        sent(
            Requests.user("Hi"),
            Requests.assistant(new ContentBlock.ToolUse("t", "w", "{\"ci", Extras.NONE)),
            Requests.result("t", false, ContentBlock.Text.of("?")));

    assertThat(body.findValue("input")).isEqualTo(json("{\"arguments\":\"{\\\"ci\"}"));
    assertThat(provider.call.adjustments).containsExactly("messages[1].content[0] CHANGED");
  }

  @Test
  void contentWithoutAWordIsRefused() {
    refused(new ContentBlock.Other("video_url", new JsonText("{}")));
    refused(new ContentBlock.Audio(new MediaSource.Inline("audio/wav", ""), "wav", Extras.NONE));
    refused(new ContentBlock.Image(new MediaSource.Inline("", "aGk="), Extras.NONE));
  }
}
