package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.distribution.CorpusCase.Cut;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What real servers said is what callers get, however the network cuts it.
class CorpusReplayTest {
  private static final AtomicReference<Script> script = new AtomicReference<>();
  private static ScriptedUpstream upstream;
  private static GatewayProcess gateway;
  private static NativeClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start().onRequest(_ -> script.get());
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
    client = new NativeClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
  }

  static Stream<Arguments> completions() {
    return CorpusCase.all("chat-completions").stream()
        .flatMap(
            recorded ->
                Stream.of(Cut.values())
                    .filter(cut -> cut != Cut.AS_RECORDED || recorded.hasRecordedSizes())
                    .map(cut -> Arguments.of(recorded, cut)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("completions")
  void aWholeAnswerSaysWhatTheServerSaid(CorpusCase recorded, Cut cut) {
    script.set(recorded.script(cut));
    Answer answer = Answer.whole(client.complete(recorded.request()));
    if (recorded.expected().path("outcome").asText().equals("finished")) {
      assertFinished(answer, recorded.expected());
    } else {
      assertFailed(answer, recorded.expected());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("completions")
  void aStreamSaysWhatTheServerSaid(CorpusCase recorded, Cut cut) {
    script.set(recorded.script(cut));
    var response = client.stream(recorded.request());
    Answer answer = Answer.streamed(response);
    if (recorded.expected().path("outcome").asText().equals("finished")) {
      assertFinished(answer, recorded.expected());
      return;
    }
    assertFailed(answer, recorded.expected());
    if (response.statusCode() == 200) {
      assertThat(answer.stopReason().asText()).isEqualTo("error");
      assertThat(answer.text()).isEqualTo(recorded.expected().path("text").asText());
      assertThat(answer.reasoning()).isEqualTo(recorded.expected().path("reasoning").asText());
    }
  }

  static Stream<CorpusCase> modelLists() {
    return CorpusCase.all("models").stream();
  }

  @ParameterizedTest
  @MethodSource("modelLists")
  void aListOfModelsHasTheNamesThatTheServerGave(CorpusCase recorded) {
    for (Cut cut : List.of(Cut.WHOLE, Cut.ONE_BYTE_AT_A_TIME)) {
      script.set(recorded.script(cut));
      JsonNode models = NativeClient.json(client.get("/api/v1/llm/models").body()).path("models");
      List<String> names = new ArrayList<>();
      models.forEach(model -> names.add(model.path("name").asText()));
      List<String> expected = new ArrayList<>();
      recorded.expected().path("models").forEach(name -> expected.add(name.asText()));
      assertThat(names).isEqualTo(expected);
    }
  }

  private static void assertFinished(Answer answer, JsonNode expected) {
    assertThat(answer.errorDetail()).isEmpty();
    assertThat(answer.errorStatus()).isZero();
    assertThat(answer.model()).isEqualTo(expected.path("model").asText(""));
    assertThat(answer.text()).isEqualTo(expected.path("text").asText());
    assertThat(answer.reasoning()).isEqualTo(expected.path("reasoning").asText());
    assertThat(answer.refusal()).isEqualTo(textOrEmpty(expected.path("refusal")));
    assertCalls(answer, expected.path("tool_calls"));
    assertThat(answer.stopReason().asText()).isEqualTo(expected.path("stop_reason").asText());
    assertThat(textOrEmpty(answer.upstreamStopReason()))
        .isEqualTo(textOrEmpty(expected.path("upstream_stop_reason")));
    assertUsage(answer.usage(), expected.path("usage"));
  }

  private static void assertCalls(Answer answer, JsonNode expected) {
    assertThat(answer.calls()).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      Answer.Call call = answer.calls().get(i);
      JsonNode wanted = expected.get(i);
      assertThat(call.name()).isEqualTo(wanted.path("name").asText());
      assertThat(call.id()).isNotEmpty();
      if (!wanted.path("id").isNull()) {
        assertThat(call.id()).isEqualTo(wanted.path("id").asText());
      }
      String arguments = wanted.path("arguments").asText();
      assertThat(call.input()).isEqualTo(parsedOrRaw(arguments.isBlank() ? "{}" : arguments));
    }
  }

  private static JsonNode parsedOrRaw(String arguments) {
    try {
      return NativeClient.json(arguments);
    } catch (IllegalStateException broken) {
      return NativeClient.JSON.createObjectNode().put("raw", arguments);
    }
  }

  private static void assertUsage(JsonNode usage, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(usage.size()).isZero();
      return;
    }
    for (var field : expected.properties()) {
      assertThat(usage.path(field.getKey()).asLong(-1))
          .as(field.getKey())
          .isEqualTo(field.getValue().asLong());
    }
    assertThat(usage.size()).isEqualTo(expected.size());
  }

  private static void assertFailed(Answer answer, JsonNode expected) {
    JsonNode error = expected.path("error");
    assertThat(answer.errorStatus()).isEqualTo(error.path("status").asInt());
    assertThat(answer.errorDetail()).contains(error.path("message_contains").asText());
  }

  private static String textOrEmpty(JsonNode node) {
    return node.isNull() ? "" : node.asText();
  }
}
