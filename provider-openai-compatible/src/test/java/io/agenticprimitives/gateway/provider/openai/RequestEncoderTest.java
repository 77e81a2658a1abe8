package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the recorded requests of clients, which are replayed against the whole gateway, do not
/// show.
class RequestEncoderTest {
  private final TestCall call = new TestCall();

  private String encode(String baseUrl, CompletionRequest request) {
    return new RequestEncoder(Requests.config(URI.create(baseUrl)))
        .encode(request, RequestEncoder.StreamOptions.ASK_FOR_USAGE, call::adjusted)
        .toString();
  }

  private String message(Message message) {
    String body = encode("http://localhost:1", Requests.of(Delivery.WHOLE, message));
    String before = "{\"model\":\"small\",\"messages\":[";
    assertThat(body).startsWith(before).endsWith("]}");
    return body.substring(before.length(), body.length() - 2);
  }

  private static ContentBlock.Reasoning reasoning(String text, String opaque) {
    return new ContentBlock.Reasoning(
        text, opaque.isEmpty() ? Optional.empty() : Optional.of(new JsonText(opaque)), Extras.NONE);
  }

  @Test
  void reasoningGoesBackUnderTheNamesThatItsServerGaveIt() {
    assertThat(
            message(
                Requests.assistant(
                    reasoning("Hm", "{\"field\":\"reasoning_details\",\"value\":[{\"s\":1}]}"),
                    ContentBlock.Text.of("Hi"))))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_details\":[{\"s\":1}],\"reasoning_content\":\"Hm\"}");
    assertThat(
            message(
                Requests.assistant(
                    reasoning(
                        "",
                        "{\"field\":\"content\",\"value\":[{\"type\":\"thinking\",\"thinking\":[]}]}"),
                    ContentBlock.Text.of("Hi"))))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":[]},{\"type\":\"text\",\"text\":\"Hi\"}]}");
    assertThat(
            message(
                Requests.assistant(
                    reasoning(
                        "", "{\"field\":\"extra_content\",\"tool_call\":0,\"value\":{\"g\":1}}"),
                    new ContentBlock.ToolUse("c", "f", "{}", Extras.NONE))))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"extra_content\":{\"g\":1}}]}");
    assertThat(call.adjusted).isEmpty();
  }

  @Test
  void reasoningOfAnotherKindOfBackendIsLeftOutAndReported() {
    message(Requests.assistant(reasoning("", "{\"reasoningContent\":{}}")));
    assertThat(call.adjusted).containsExactly("messages[0].content[0]");
  }

  @Test
  void openAiTakesNoReasoningAndTheNewNameOfTheTokenLimit() {
    String body =
        encode(
            "https://api.openai.com",
            Requests.of(
                Delivery.WHOLE,
                Requests.assistant(reasoning("Hm", ""), ContentBlock.Text.of("Hi"))));
    assertThat(body).doesNotContain("Hm");
    assertThat(call.adjusted).containsExactly("messages[0].reasoning");
  }

  @Test
  void aCustomToolGetsItsFreeTextBack() {
    Extras custom = new Extras(Map.of("type", new JsonText("\"custom\"")));
    assertThat(message(Requests.assistant(new ContentBlock.ToolUse("c", "f", "\"x = 1\"", custom))))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"x"
                + " = 1\"}}]}");
  }

  @Test
  void eachToolResultIsAMessageAndAFailureIsReported() {
    Message results =
        new Message.Tool(
            List.of(
                new ContentBlock.ToolResult(
                    "a", List.of(ContentBlock.Text.of("x")), false, Extras.NONE),
                new ContentBlock.ToolResult(
                    "b",
                    List.of(new ContentBlock.Json(new JsonText("{\"t\":1}"), Extras.NONE)),
                    true,
                    Extras.NONE)),
            Extras.NONE);
    assertThat(message(results))
        .isEqualTo(
            "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"{\\\"t\\\":1}\"}");
    assertThat(call.adjusted).containsExactly("messages[0].tool_results[1].is_error");
  }

  @Test
  void partsOfEveryKind() {
    assertThat(
            message(
                Requests.user(
                    ContentBlock.Text.of("a"),
                    new ContentBlock.Image(
                        new MediaSource.Inline("image/png", "AA"),
                        new Extras(Map.of("detail", new JsonText("\"low\"")))),
                    new ContentBlock.Document(new MediaSource.FileId("f"), "a.pdf", Extras.NONE),
                    new ContentBlock.Audio(
                        new MediaSource.Inline("audio/wav", "BB"), "wav", Extras.NONE),
                    new ContentBlock.CachePoint("", Extras.NONE),
                    new ContentBlock.Other("x", new JsonText("{\"type\":\"x\"}")))))
        .isEqualTo(
            "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA\",\"detail\":\"low\"}},"
                + "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_id\":\"f\"}},"
                + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"BB\",\"format\":\"wav\"}},"
                + "{\"type\":\"x\"}]}");
    assertThat(call.adjusted).containsExactly("messages[0].content[4]");
  }

  @Test
  void aChoiceWithoutToolsIsReported() {
    String body =
        encode(
            "http://localhost:1",
            Requests.of(
                Delivery.WHOLE,
                List.of(),
                Optional.of(new ToolChoice.Required()),
                Requests.user()));
    assertThat(body).doesNotContain("tool_choice");
    assertThat(call.adjusted).containsExactly("tool_choice");
  }
}
