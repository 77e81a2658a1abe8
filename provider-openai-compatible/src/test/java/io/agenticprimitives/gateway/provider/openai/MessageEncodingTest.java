package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How messages are sent, byte for byte.
class MessageEncodingTest {
  private static final ContentBlock HI = ContentBlock.Text.of("Hi");

  private static String sent(Message... messages) {
    return messagesOf(TestRequest.of(messages).encoded());
  }

  private static String messagesOf(String request) {
    String start = "{\"model\":\"m1\",\"messages\":[";
    assertThat(request).startsWith(start).endsWith("]}");
    return request.substring(start.length(), request.length() - 2);
  }

  private static String content(ContentBlock... blocks) {
    String message = sent(TestRequest.user(blocks));
    String start = "{\"role\":\"user\",\"content\":";
    assertThat(message).startsWith(start).endsWith("}");
    return message.substring(start.length(), message.length() - 1);
  }

  private static ContentBlock image(MediaSource source, Extras extras) {
    return new ContentBlock.Image(source, extras);
  }

  private static ContentBlock use(String id, String name, String arguments) {
    return new ContentBlock.ToolUse(id, name, arguments, Extras.NONE);
  }

  @Test
  void rolesAndFurtherFieldsAreKept() {
    Extras name = TestRequest.extras("name", "\"Ann\"");
    assertThat(
            sent(
                new Message.SystemPrompt(false, List.of(HI), Extras.NONE),
                new Message.SystemPrompt(true, List.of(HI), Extras.NONE),
                new Message.User(List.of(HI), name),
                new Message.Other("function", List.of(HI), name)))
        .isEqualTo(
            "{\"role\":\"system\",\"content\":\"Hi\"},"
                + "{\"role\":\"developer\",\"content\":\"Hi\"},"
                + "{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"Ann\"},"
                + "{\"role\":\"function\",\"content\":\"Hi\",\"name\":\"Ann\"}");
  }

  @Test
  void oneTextIsAStringAndMoreAreParts() {
    assertThat(content()).isEqualTo("\"\"");
    assertThat(content(HI)).isEqualTo("\"Hi\"");
    assertThat(content(HI, ContentBlock.Text.of("")))
        .isEqualTo("[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"text\",\"text\":\"\"}]");
    Extras cached = TestRequest.extras("cache_control", "{\"type\":\"ephemeral\"}");
    assertThat(content(new ContentBlock.Text("Hi", cached)))
        .isEqualTo(
            "[{\"type\":\"text\",\"text\":\"Hi\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
  }

  @Test
  void picturesHaveTheirDetailInside() {
    assertThat(
            content(
                image(
                    new MediaSource.Inline("image/png", "QUJD"),
                    TestRequest.extras("detail", "\"low\"")),
                image(
                    new MediaSource.Url("https://x.example/a?b=c"),
                    TestRequest.extras("cache_control", "{}"))))
        .isEqualTo(
            "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QUJD\""
                + ",\"detail\":\"low\"}},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.example/a?b=c\"}"
                + ",\"cache_control\":{}}]");
  }

  @Test
  void documentsAreFilesByContentOrId() {
    assertThat(
            content(
                new ContentBlock.Document(
                    new MediaSource.Inline("application/pdf", "QUJD"), "a.pdf", Extras.NONE),
                new ContentBlock.Document(new MediaSource.FileId("file-1"), "", Extras.NONE)))
        .isEqualTo(
            "[{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\""
                + ",\"file_data\":\"data:application/pdf;base64,QUJD\"}},"
                + "{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}]");
  }

  @Test
  void soundAndForeignPartsAreSent() {
    assertThat(
            content(
                new ContentBlock.Audio(
                    new MediaSource.Inline("audio/wav", "QUJD"), "wav", Extras.NONE),
                new ContentBlock.Other(
                    "video_url", new JsonText("{\"type\":\"video_url\", \"x\":[1]}"))))
        .isEqualTo(
            "[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"wav\"}},"
                + "{\"type\":\"video_url\", \"x\":[1]}]");
  }

  @Test
  void aCachePointIsReported() {
    TestCall call = TestCall.plain();
    String json =
        TestRequest.of(TestRequest.user(HI, new ContentBlock.CachePoint("1h", Extras.NONE)))
            .encoded(call);
    assertThat(messagesOf(json))
        .isEqualTo("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}");
    assertThat(call.adjustments()).containsExactly("DROPPED messages[0].content[1]");
  }

  @Test
  void aBlockInTheWrongPlaceIsRefusedWithItsPath() {
    assertThatThrownBy(() -> sent(TestRequest.user(HI, use("1", "f", "{}"))))
        .isInstanceOfSatisfying(
            BackendException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
              assertThat(refused.message()).contains("messages[0].content[1]");
            });
  }

  @Test
  void theAssistantsCallsHaveTextArgumentsAndNoContentBesideThem() {
    assertThat(sent(TestRequest.assistant(use("c1", "f", "{\"a\": 1}"), use("c2", "g", "{"))))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                + "{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": 1}\"}},"
                + "{\"id\":\"c2\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"g\",\"arguments\":\"{\"}}]}");
    assertThat(sent(TestRequest.assistant(HI, use("c1", "f", "{}"))))
        .startsWith("{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":[");
    assertThat(sent(TestRequest.assistant()))
        .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
  }

  @Test
  void theOldestFormOfCallsIsKept() {
    assertThat(sent(TestRequest.assistant(use("", "f", "{}"))))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":null,\"function_call\":"
                + "{\"name\":\"f\",\"arguments\":\"{}\"}}");
  }

  @Test
  void aRefusalIsAFieldOfItsOwn() {
    assertThat(sent(TestRequest.assistant(new ContentBlock.Refusal("No.", Extras.NONE))))
        .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"}");
  }

  @Test
  void eachToolResultIsAMessage() {
    ContentBlock text = new ContentBlock.ToolResult("c1", List.of(HI), false, Extras.NONE);
    ContentBlock json =
        new ContentBlock.ToolResult(
            "c2",
            List.of(new ContentBlock.Json(new JsonText("{\"n\": 1}"), Extras.NONE)),
            false,
            TestRequest.extras("name", "\"f\""));
    ContentBlock picture =
        new ContentBlock.ToolResult(
            "c3",
            List.of(HI, image(new MediaSource.Url("https://x.example"), Extras.NONE)),
            false,
            Extras.NONE);
    assertThat(sent(new Message.Tool(List.of(text, json, picture), Extras.NONE)))
        .isEqualTo(
            "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"Hi\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"{\\\"n\\\": 1}\""
                + ",\"name\":\"f\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c3\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"https://x.example\"}}]}");
  }

  @Test
  void aFailedToolIsReportedBecauseNothingCanMarkIt() {
    TestCall call = TestCall.plain();
    ContentBlock failed = new ContentBlock.ToolResult("c1", List.of(HI), true, Extras.NONE);
    String json = TestRequest.of(new Message.Tool(List.of(failed), Extras.NONE)).encoded(call);
    assertThat(messagesOf(json))
        .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"Hi\"}");
    assertThat(call.adjustments()).singleElement().asString().startsWith("DROPPED messages[0]");
  }

  @Test
  void reasoningGoesBackInTheFieldsThatItCameIn() {
    ContentBlock thought = new ContentBlock.Reasoning("Hm", Optional.empty(), Extras.NONE);
    ContentBlock details = opaque("{\"field\":\"reasoning_details\",\"value\":[{\"data\":\"x\"}]}");
    ContentBlock signature =
        opaque("{\"field\":\"extra_content\",\"tool_call\":1,\"value\":{\"s\":1}}");
    assertThat(
            sent(
                TestRequest.assistant(
                    thought, details, signature, use("a", "f", "{}"), use("b", "g", "{}"))))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":null,\"reasoning_details\":[{\"data\":\"x\"}]"
                + ",\"reasoning_content\":\"Hm\",\"tool_calls\":["
                + "{\"id\":\"a\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":\"{}\"}},"
                + "{\"id\":\"b\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"g\",\"arguments\":\"{}\"},\"extra_content\":{\"s\":1}}]}");
  }

  @Test
  void reasoningPartsStandBeforeTheText() {
    ContentBlock parts =
        opaque("{\"field\":\"content\",\"value\":[{\"type\":\"thinking\",\"thinking\":[]}]}");
    assertThat(sent(TestRequest.assistant(parts, HI)))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":[]},"
                + "{\"type\":\"text\",\"text\":\"Hi\"}]}");
  }

  @Test
  void reasoningOfAnotherKindOfBackendIsReported() {
    TestCall call = TestCall.plain();
    String json =
        TestRequest.of(TestRequest.assistant(opaque("{\"reasoningText\":{}}"), HI)).encoded(call);
    assertThat(messagesOf(json)).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hi\"}");
    assertThat(call.adjustments()).containsExactly("DROPPED messages[0].content[0]");
  }

  private static ContentBlock opaque(String json) {
    return new ContentBlock.Reasoning("", Optional.of(new JsonText(json)), Extras.NONE);
  }
}
