package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.distribution.CorpusCase.Cut;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Field by field, what real servers said is what callers of `POST /v1/chat/completions` get,
/// however the network cuts it and whether or not they want it streamed.
@Execution(ExecutionMode.CONCURRENT)
class ChatReplayTest {
  /// Tells the upstream which recording to play; a field that the gateway does not know.
  private static final String RECORDING = "replay_of";

  private static final Set<String> MADE = Set.of("id", "created");

  private static final Map<String, CorpusCase> CASES =
      CorpusCase.all("chat-completions").stream()
          .collect(Collectors.toMap(CorpusCase::name, Function.identity()));

  private static ScriptedUpstream upstream;
  private static GatewayProcess gateway;
  private static ChatClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start().onRequest(ChatReplayTest::play);
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                config: {base_url: "%s"}
            """
                .formatted(upstream.uri()));
    client = new ChatClient(gateway.uri());
  }

  private static Script play(RecordedRequest request) {
    String[] recording =
        NativeClient.json(request.bodyText()).path(RECORDING).asText().split(" ", 2);
    return Objects.requireNonNull(CASES.get(recording[1])).script(Cut.valueOf(recording[0]));
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
  }

  static Stream<Arguments> completions() {
    return CASES.values().stream()
        .flatMap(
            recorded ->
                Stream.of(Cut.values())
                    .filter(cut -> cut != Cut.AS_RECORDED || recorded.hasRecordedSizes())
                    .map(cut -> Arguments.of(recorded, cut)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("completions")
  void aWholeAnswerIsTheServersOwn(CorpusCase recorded, Cut cut) {
    ChatClient.Reply reply = ask(recorded, cut, false);
    if (recorded.isFinished()) {
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertSame(recorded, without("object", "chat.completion", reply.json()));
    } else {
      assertFailed(recorded, reply.status(), reply.error());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("completions")
  void aStreamAddsUpToTheServersOwnAnswer(CorpusCase recorded, Cut cut) {
    ChatClient.Reply reply = ask(recorded, cut, true);
    if (recorded.isFinished()) {
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.isDone()).isTrue();
      assertSame(recorded, addedUp(reply.chunks()));
    } else if (reply.status() == 200) {
      assertThat(reply.brokenOff()).isTrue();
      assertThat(reply.body()).doesNotContain("[DONE]");
      int status = recorded.expected().path("error").path("status").asInt();
      assertFailed(recorded, status, reply.chunks().getLast().path("error"));
    } else {
      assertFailed(recorded, reply.status(), reply.error());
    }
  }

  /// Each piece of a tool call must have an index: SDKs insist on it.
  private static JsonNode addedUp(List<JsonNode> chunks) {
    ObjectNode answer = ChunkFold.answer(chunks);
    int index = 0;
    for (JsonNode call : answer.path("choices").path(0).path("message").path("tool_calls")) {
      assertThat(((ObjectNode) call).remove("index").asInt(-1)).isEqualTo(index++);
    }
    return without("object", "chat.completion.chunk", answer);
  }

  private static JsonNode without(String name, String value, JsonNode object) {
    assertThat(((ObjectNode) object).remove(name).asText()).isEqualTo(value);
    return object;
  }

  private static ChatClient.Reply ask(CorpusCase recorded, Cut cut, boolean stream) {
    ObjectNode request = recorded.recordedRequest();
    request.put("stream", stream).put(RECORDING, cut + " " + recorded.name());
    request.putObject("stream_options").put("include_usage", true);
    return client.chat(request.toString());
  }

  private static void assertSame(CorpusCase recorded, JsonNode answer) {
    JsonNode wanted =
        new ChatNormalisations(
                recorded.answerAsRecorded(),
                recorded.expected(),
                recorded.recordedRequest().has("functions"))
            .normalised();
    List<String> differences = new ArrayList<>();
    compare("", wanted, answer, differences);
    assertThat(differences).as(() -> wanted + "\n" + answer).isEmpty();
    for (JsonNode call : answer.path("choices").path(0).path("message").path("tool_calls")) {
      assertThat(call.path("id").asText()).isNotEmpty();
      assertThat(call.path("function").path("arguments").isTextual()).isTrue();
    }
  }

  private static void compare(
      String path, JsonNode wanted, JsonNode got, List<String> differences) {
    if (wanted.isObject() && got.isObject()) {
      wanted
          .properties()
          .forEach(
              field ->
                  compare(
                      path + "." + field.getKey(),
                      field.getValue(),
                      got.path(field.getKey()),
                      differences));
      got.properties().stream()
          .filter(field -> !isSilent(field.getValue()) && !wanted.has(field.getKey()))
          .filter(field -> !(path.isEmpty() && MADE.contains(field.getKey())))
          .forEach(field -> differences.add("invented: " + path + "." + field));
    } else if (wanted.isArray() && wanted.size() == got.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        compare(path + "[" + i + "]", wanted.get(i), got.path(i), differences);
      }
    } else if (wanted.isNumber() && got.isNumber()) {
      if (wanted.decimalValue().compareTo(got.decimalValue()) != 0) {
        differences.add(path + ": " + wanted + " -> " + got);
      }
    } else if (!wanted.equals(got) && !isSilent(wanted)) {
      differences.add(path + ": " + wanted + " -> " + got);
    }
  }

  private static boolean isSilent(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isTextual() && value.asText().isEmpty())
        || (value.isContainerNode() && value.valueStream().allMatch(ChatReplayTest::isSilent));
  }

  private static void assertFailed(CorpusCase recorded, int status, JsonNode error) {
    JsonNode wanted = recorded.expected().path("error");
    assertThat(status).isEqualTo(wanted.path("status").asInt());
    assertThat(error.path("message").asText()).contains(wanted.path("message_contains").asText());
    JsonNode sent = recorded.errorAsRecorded();
    for (String name : List.of("type", "code", "param")) {
      if (sent.path(name).isValueNode() && !sent.path(name).isNull()) {
        assertThat(error.path(name).asText()).as(name).isEqualTo(sent.path(name).asText());
      }
    }
    assertThat(error.path("type").asText()).isNotEmpty();
  }
}
