package io.agenticprimitives.gateway.server.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The many forms in which callers write the same thing.
class MessagesTest {
  private static final ContentBlock HELLO = ContentBlock.Text.of("Hello");

  private static CompletionRequest read(String body) {
    return CompletionRequestReader.read(body.getBytes(UTF_8), Delivery.STREAMED);
  }

  private static List<Message> messages(String... messages) {
    return read("{\"messages\":[" + String.join(",", messages) + "]}").messages();
  }

  private static List<ContentBlock> parts(String... parts) {
    Message message = messages("{\"content\":[" + String.join(",", parts) + "]}").getFirst();
    return message.content();
  }

  private static ContentBlock.ToolUse call(String id, String name, String arguments) {
    return new ContentBlock.ToolUse(id, name, arguments, Extras.NONE);
  }

  private static ContentBlock.ToolResult result(String id, ContentBlock... content) {
    return new ContentBlock.ToolResult(id, List.of(content), false, Extras.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"user\",\"content\":\"Hello\"}",
        "{\"content\":\"Hello\"}",
        "{\"content\":[\"Hello\"]}",
        "{\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}",
        "{\"content\":[{\"type\":\"input_text\",\"text\":\"Hello\"}]}",
        "{\"content\":[{\"text\":\"Hello\"}]}",
        "{\"content\":{\"text\":\"Hello\"}}"
      })
  void plainText(String message) {
    assertThat(messages(message)).containsExactly(new Message.User(List.of(HELLO), Extras.NONE));
  }

  @Test
  void roles() {
    assertThat(
            read("""
            {"system":"Hello","messages":[
              {"role":"system","content":"Hello"},{"role":"developer","content":"Hello"},
              {"role":"assistant","content":"Hello","prefix":true},
              {"role":"critic","content":"Hello"},{"role":"user"}]}
            """)
                .messages())
        .containsExactly(
            new Message.SystemPrompt(false, List.of(HELLO), Extras.NONE),
            new Message.SystemPrompt(false, List.of(HELLO), Extras.NONE),
            new Message.SystemPrompt(true, List.of(HELLO), Extras.NONE),
            new Message.Assistant(
                List.of(HELLO), new Extras(Map.of("prefix", new JsonText("true")))),
            new Message.Other("critic", List.of(HELLO), Extras.NONE),
            new Message.User(List.of(), Extras.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tool_calls\":[{\"id\":\"c\",\"name\":\"f\",\"input\":{\"a\":1}}]}",
        "{\"tool_calls\":[{\"id\":\"c\",\"name\":\"f\",\"input\":\"{\\\"a\\\":1}\"}]}",
        "{\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}]}",
        "{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}",
        "{\"content\":[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{\"a\":1}}]}",
        "{\"content\":[{\"toolUse\":{\"toolUseId\":\"c\",\"name\":\"f\",\"input\":{\"a\":1}}}]}"
      })
  void toolCalls(String message) {
    String assistant = message.replaceFirst("\\{", "{\"role\":\"assistant\",");
    assertThat(messages(assistant).getFirst().content())
        .containsExactly(call("c", "f", "{\"a\":1}"));
  }

  @Test
  void toolCallsWithoutArgumentsOrOfTheOldestForm() {
    assertThat(
            messages("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"name\":\"f\"}]}")
                .getFirst()
                .content())
        .containsExactly(call("c", "f", "{}"));
    assertThat(
            messages(
                    "{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                .getFirst()
                .content())
        .containsExactly(call("", "f", "{}"));
  }

  @Test
  void theFreeTextOfACustomToolIsAJsonString() {
    assertThat(
            messages(
                    """
                    {"role":"assistant","tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"x = 1"}}]}
                    """)
                .getFirst()
                .content())
        .containsExactly(
            new ContentBlock.ToolUse(
                "c", "f", "\"x = 1\"", new Extras(Map.of("type", new JsonText("\"custom\"")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tool_results\":[{\"tool_use_id\":\"c\",\"content\":\"Hello\"}]}",
        "{\"role\":\"user\",\"content\":\"\",\"tool_results\":[{\"tool_use_id\":\"c\",\"content\":\"Hello\"}]}",
        "{\"tool_result\":{\"tool_use_id\":\"c\",\"content\":\"Hello\"}}",
        "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"Hello\"}",
        "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c\",\"content\":\"Hello\"}]}",
        "{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"c\",\"content\":[{\"text\":\"Hello\"}],\"status\":\"success\"}}]}"
      })
  void toolResults(String message) {
    assertThat(messages(message))
        .containsExactly(new Message.Tool(List.of(result("c", HELLO)), Extras.NONE));
  }

  @Test
  void textBesideToolResultsIsNotLost() {
    List<Message> read =
        messages(
            "{\"content\":\"Hello\",\"tool_results\":[{\"tool_use_id\":\"c\",\"content\":\"x\",\"is_error\":true}]}",
            "{\"content\":[{\"text\":\"Hello\"},{\"type\":\"tool_result\",\"tool_use_id\":\"d\"}]}");
    assertThat(read).hasSize(4);
    assertThat(((Message.Tool) read.get(0)).results().getFirst().error()).isTrue();
    assertThat(read.get(1)).isEqualTo(new Message.User(List.of(HELLO), Extras.NONE));
    assertThat(read.get(2)).isEqualTo(new Message.Tool(List.of(result("d")), Extras.NONE));
    assertThat(read.get(3)).isEqualTo(new Message.User(List.of(HELLO), Extras.NONE));
  }

  @Test
  void aResultMayBeAnyJson() {
    List<Message> read =
        messages(
            "{\"tool_results\":[{\"tool_use_id\":\"a\",\"content\":{\"t\":[1]}},"
                + "{\"tool_use_id\":\"b\",\"content\":[{\"json\":{\"t\":1}}]},"
                + "{\"tool_use_id\":\"c\",\"content\":[{\"id\":1},{\"id\":2}]},"
                + "{\"tool_use_id\":\"d\",\"content\":5}]}");
    assertThat(((Message.Tool) read.getFirst()).results())
        .extracting(found -> ((ContentBlock.Json) found.content().getFirst()).value().text())
        .containsExactly("{\"t\":[1]}", "{\"t\":1}", "[{\"id\":1},{\"id\":2}]", "5");
  }

  @Test
  void pictures() {
    assertThat(
            parts(
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}",
                "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}}",
                "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"AAAA\"}}}"))
        .containsOnly(
            new ContentBlock.Image(new MediaSource.Inline("image/png", "AAAA"), Extras.NONE));
    assertThat(
            parts(
                "{\"type\":\"image_url\",\"image_url\":\"https://x.example/a.png\"}",
                "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x.example/a.png\"}}"))
        .containsOnly(
            new ContentBlock.Image(new MediaSource.Url("https://x.example/a.png"), Extras.NONE));
    assertThat(
            parts(
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"u\",\"detail\":\"low\"},\"cache_control\":{}}"))
        .extracting(block -> block.extras().fields().keySet())
        .containsExactly(new LinkedHashSet<>(List.of("detail", "cache_control")));
  }

  @Test
  void documentsAndSounds() {
    assertThat(
            parts(
                "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,AA\"}}",
                "{\"type\":\"document\",\"title\":\"a.pdf\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"AA\"}}",
                "{\"document\":{\"format\":\"pdf\",\"name\":\"a.pdf\",\"source\":{\"bytes\":\"AA\"}}}"))
        .containsOnly(
            new ContentBlock.Document(
                new MediaSource.Inline("application/pdf", "AA"), "a.pdf", Extras.NONE));
    assertThat(parts("{\"type\":\"file\",\"file\":{\"file_id\":\"f-1\"}}"))
        .containsExactly(new ContentBlock.Document(new MediaSource.FileId("f-1"), "", Extras.NONE));
    assertThat(
            parts(
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA\",\"format\":\"wav\"}}"))
        .containsExactly(
            new ContentBlock.Audio(new MediaSource.Inline("audio/wav", "AA"), "wav", Extras.NONE));
  }

  @Test
  void reasoningComesBackInTheFormOfItsBackend() {
    assertThat(
            messages(
                    """
                    {"role":"assistant","content":"Hello","reasoning":"Hm","reasoning_blocks":[{"field":"x","value":1}]}
                    """)
                .getFirst()
                .content())
        .containsExactly(
            new ContentBlock.Reasoning(
                "Hm", Optional.empty(), new Extras(Map.of("reasoning", new JsonText("\"Hm\"")))),
            new ContentBlock.Reasoning(
                "", Optional.of(new JsonText("{\"field\":\"x\",\"value\":1}")), Extras.NONE),
            HELLO);
    JsonText signed =
        new JsonText(
            "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"Hm\",\"signature\":\"s\"}}}");
    assertThat(
            parts("{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"s\"}", signed.text()))
        .containsOnly(new ContentBlock.Reasoning("Hm", Optional.of(signed), Extras.NONE));
    assertThat(parts("{\"type\":\"redacted_thinking\",\"data\":\"zz\"}"))
        .containsExactly(
            new ContentBlock.Reasoning(
                "",
                Optional.of(new JsonText("{\"reasoningContent\":{\"redactedContent\":\"zz\"}}")),
                Extras.NONE));
  }

  @Test
  void partsThatNobodyKnowsAreKept() {
    assertThat(
            parts(
                "{\"type\":\"video_url\",\"video_url\":{\"url\":\"u\"}}", "{\"guardContent\":{}}"))
        .containsExactly(
            new ContentBlock.Other(
                "video_url",
                new JsonText("{\"type\":\"video_url\",\"video_url\":{\"url\":\"u\"}}")),
            new ContentBlock.Other("guardContent", new JsonText("{\"guardContent\":{}}")));
    assertThat(parts("{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}"))
        .containsExactly(new ContentBlock.CachePoint("1h", Extras.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\"}}",
        "{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}",
        "{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}",
        "{\"type\":\"custom\",\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\"}}",
        "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}}",
        "{\"toolSpec\":{\"name\":\"f\",\"description\":\"d\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}"
      })
  void tools(String tool) {
    assertThat(read("{\"messages\":[],\"tools\":[" + tool + "]}").tools())
        .containsExactly(
            new Tool.Function(
                "f",
                "d",
                Optional.of(new JsonText("{\"type\":\"object\"}")),
                Optional.empty(),
                Extras.NONE));
  }

  @Test
  void toolsOfTheUpstreamAreKept() {
    assertThat(
            read("""
            {"messages":[],"tools":[{"type":"web_search","x":1},{"systemTool":{"name":"n"}}]}
            """)
                .tools())
        .containsExactly(
            new Tool.Other("web_search", new JsonText("{\"type\":\"web_search\",\"x\":1}")),
            new Tool.Other("systemTool", new JsonText("{\"systemTool\":{\"name\":\"n\"}}")));
  }

  @Test
  void toolChoices() {
    record Case(String json, ToolChoice choice) {}
    List<Case> cases =
        List.of(
            new Case("\"auto\"", new ToolChoice.Auto()),
            new Case("\"none\"", new ToolChoice.None()),
            new Case("\"required\"", new ToolChoice.Required()),
            new Case("\"any\"", new ToolChoice.Required()),
            new Case("\"f\"", new ToolChoice.Named("f")),
            new Case(
                "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", new ToolChoice.Named("f")),
            new Case("{\"type\":\"tool\",\"name\":\"f\"}", new ToolChoice.Named("f")),
            new Case("{\"type\":\"any\"}", new ToolChoice.Required()),
            new Case("{\"type\":\"none\"}", new ToolChoice.None()),
            new Case("{\"auto\":{}}", new ToolChoice.Auto()),
            new Case("{\"any\":{}}", new ToolChoice.Required()),
            new Case("{\"tool\":{\"name\":\"f\"}}", new ToolChoice.Named("f")),
            new Case(
                "{\"type\":\"allowed_tools\"}",
                new ToolChoice.Other(new JsonText("{\"type\":\"allowed_tools\"}"))));
    for (Case one : cases) {
      assertThat(read("{\"messages\":[],\"tool_choice\":" + one.json() + "}").toolChoice())
          .as(one.json())
          .contains(one.choice());
    }
    assertThat(read("{\"messages\":[],\"tool_choice\":null}").toolChoice()).isEmpty();
    assertThat(
            read("{\"messages\":[],\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}}")
                .sampling()
                .parallelToolCalls())
        .contains(false);
  }

  @Test
  void samplingIsWhatTheCallerGaveAndNothingElse() {
    assertThat(read("{\"messages\":[]}").sampling()).isEqualTo(Sampling.UNSET);
    assertThat(read("{\"messages\":[],\"temperature\":null,\"seed\":null}").sampling())
        .isEqualTo(Sampling.UNSET);
    Sampling sampling =
        read("""
        {"messages":[],"temperature":"0.5","top_p":1,"top_k":5.0,"max_tokens":"7",
         "max_completion_tokens":8,"stop":"x","seed":9007199254740993,"presence_penalty":-1,
         "frequency_penalty":0.25,"parallel_tool_calls":true,"reasoning_effort":"low"}
        """)
            .sampling();
    assertThat(sampling.temperature()).hasValue(0.5);
    assertThat(sampling.topP()).hasValue(1);
    assertThat(sampling.topK()).hasValue(5);
    assertThat(sampling.maxTokens()).hasValue(7);
    assertThat(sampling.maxCompletionTokens()).hasValue(8);
    assertThat(sampling.stop()).containsExactly("x");
    assertThat(sampling.seed()).hasValue(9007199254740993L);
    assertThat(sampling.presencePenalty()).hasValue(-1);
    assertThat(sampling.frequencyPenalty()).hasValue(0.25);
    assertThat(sampling.parallelToolCalls()).contains(true);
    assertThat(sampling.reasoningEffort()).contains("low");
  }

  @Test
  void unknownFieldsAreKeptAsTheyWereWritten() {
    assertThat(
            read("{\"messages\":[],\"metadata\":{\"a\":1},\"stream\":true,\"logit_bias\":{\"5\":1.50},\"user\":\"u\"}")
                .extras()
                .fields())
        .containsExactly(
            Map.entry("logit_bias", new JsonText("{\"5\":1.50}")),
            Map.entry("user", new JsonText("\"u\"")));
  }

  @Test
  void responseFormats() {
    assertThat(read("{\"messages\":[],\"response_format\":{\"type\":\"text\"}}").responseFormat())
        .contains(new ResponseFormat.Text());
    assertThat(
            read("{\"messages\":[],\"response_format\":{\"type\":\"json_object\"}}")
                .responseFormat())
        .contains(new ResponseFormat.JsonObject());
    assertThat(
            read("{\"messages\":[],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"$defs\":{}},\"strict\":true}}}")
                .responseFormat())
        .contains(
            new ResponseFormat.JsonSchema(
                "n",
                "",
                Optional.of(new JsonText("{\"$defs\":{}}")),
                Optional.of(true),
                Extras.NONE));
    assertThat(
            read("{\"messages\":[],\"response_format\":{\"type\":\"grammar\",\"value\":\"x\"}}")
                .responseFormat())
        .contains(new ResponseFormat.Other(new JsonText("{\"type\":\"grammar\",\"value\":\"x\"}")));
  }
}
