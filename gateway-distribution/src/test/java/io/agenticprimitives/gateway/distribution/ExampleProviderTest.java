package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The example of a provider is built from its sources, as a stranger's project, with its own
/// tests; its directory is dropped into the plugins of the distribution, and callers of both APIs
/// use it.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExampleProviderTest {
  private static final String TOOLS =
      """
      "tools": [
        {"type":"function","function":{"name":"weather","description":"Tells the weather.",
         "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
        {"type":"function","function":{"name":"now"}}]\
      """;
  private static final String REQUEST =
      """
      {"model":"claude-x","max_tokens":500,"messages":[
        {"role":"system","content":"Be brief."},{"role":"user","content":"Weather in Rome?"}],
       %s}\
      """
          .formatted(TOOLS);

  /// What Anthropic gets of it.
  private static final JsonNode SENT =
      NativeClient.json(
          """
          {"model":"claude-x","max_tokens":500,"stream":true,
           "system":[{"type":"text","text":"Be brief."}],
           "messages":[{"role":"user","content":[{"type":"text","text":"Weather in Rome?"}]}],
           "tools":[
             {"name":"weather","description":"Tells the weather.",
              "input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},
             {"name":"now","input_schema":{"type":"object","properties":{}}}]}\
          """);

  private static final Script SUNNY = AnthropicWords.says("Sunny ", "☀");

  @TempDir static Path directory;

  private static ScriptedUpstream anthropic;
  private static Path plugins;
  private static GatewayProcess gateway;
  private static NativeClient caller;
  private static ChatClient chat;

  @BeforeAll
  static void dropIn() throws Exception {
    plugins = ExampleBuild.plugins();
    anthropic = ScriptedUpstream.start();
    Path config =
        Files.writeString(
            directory.resolve("gateway.yaml"),
            """
            providers:
              llm:
                default: claude
                backends:
                  claude:
                    backend: com.example.anthropic.AnthropicProvider
                    config: {base_url: "%s", api_key: sk-ant-configured}
                    retry: {max_attempts: 1}
            """
                .formatted(anthropic.uri()));
    gateway =
        GatewayProcess.start(
            Map.of(), directory, "--config", config.toString(), "--plugins", plugins.toString());
    caller = new NativeClient(gateway.uri());
    chat = new ChatClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    caller.close();
    chat.close();
    gateway.close();
    anthropic.close();
  }

  @AfterEach
  void nothingWentWrongUpstream() {
    assertThat(anthropic.failures()).isEmpty();
  }

  private static RecordedRequest sent() {
    return anthropic.takeRequest(Duration.ofSeconds(10));
  }

  @Test
  void thePluginIsListedWithItsKeys() throws Exception {
    GatewayProcess.Result listed =
        GatewayProcess.run(Map.of(), directory, "plugins", "--plugins", plugins.toString());

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.output())
        .contains("com.example.anthropic.AnthropicProvider", "1.0.0", "api_key", "4096");
  }

  @Test
  void itsLibraryIsItsOwn() throws Exception {
    anthropic.enqueue(SUNNY);
    assertThat(Answer.whole(caller.complete(REQUEST)).errorStatus()).isZero();

    assertThat(sent().header("user-agent").orElseThrow()).endsWith(" jackson/2.13.5");
    try (Stream<Path> libraries = Files.list(GatewayProcess.DISTRIBUTION.resolve("lib"))) {
      assertThat(libraries.map(jar -> jar.getFileName().toString()))
          .filteredOn(name -> name.startsWith("jackson-core"))
          .singleElement()
          .isNotEqualTo("jackson-core-2.13.5.jar");
    }
  }

  @Test
  void theNativeApiAnswersWholeAndStreamedAlike() {
    anthropic.enqueue(AnthropicWords.CALLS, AnthropicWords.CALLS);
    Answer whole = Answer.whole(caller.complete(REQUEST));
    assertThat(Answer.streamed(caller.stream(REQUEST))).isEqualTo(whole);

    assertThat(whole.model()).isEqualTo("claude-x");
    assertThat(whole.reasoning()).isEqualTo("Rome, then.");
    assertThat(whole.reasoningBlocks()).containsExactly(NativeClient.json(AnthropicWords.THINKING));
    assertThat(whole.calls())
        .containsExactly(
            new Answer.Call("toolu_1", "weather", NativeClient.json("{\"city\":\"Rome\"}")),
            new Answer.Call("toolu_2", "now", NativeClient.json("{}")));
    assertThat(whole.stopReason().asText()).isEqualTo("tool_use");
    assertThat(whole.usage().path("input_tokens").asInt()).isEqualTo(30);
    assertThat(whole.usage().path("cache_read_input_tokens").asInt()).isEqualTo(20);
    assertThat(whole.usage().path("output_tokens").asInt()).isEqualTo(9);
    for (int i = 0; i < 2; i++) {
      assertThat(NativeClient.json(sent().bodyText())).isEqualTo(SENT);
    }
  }

  @Test
  void theOpenAiApiAnswersWholeAndStreamedAlike() {
    anthropic.enqueue(AnthropicWords.CALLS, AnthropicWords.CALLS);
    JsonNode whole = chat.chat(REQUEST).json();
    ChatClient.Reply streamed =
        chat.chat(REQUEST.replace("{\"model\"", "{\"stream\":true,\"model\""));
    sent();
    sent();

    assertThat(streamed.isDone()).isTrue();
    JsonNode added = ChunkFold.answer(streamed.chunks());
    for (String place :
        new String[] {"/choices/0/message/reasoning_content", "/choices/0/finish_reason"}) {
      assertThat(added.at(place)).as(place).isEqualTo(whole.at(place));
    }
    assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    for (JsonNode answer : new JsonNode[] {whole, added}) {
      JsonNode call = answer.at("/choices/0/message/tool_calls/0");
      assertThat(call.path("id").asText()).isEqualTo("toolu_1");
      assertThat(call.at("/function/name").asText()).isEqualTo("weather");
      assertThat(call.at("/function/arguments").asText()).isEqualTo("{\"city\": \"Rome\"}");
    }
  }

  @Test
  void aToolLoopOfTheOpenAiApiSendsTheSignedReasoningBack() {
    anthropic.enqueue(AnthropicWords.CALLS, SUNNY);
    ObjectNode request = (ObjectNode) NativeClient.json(REQUEST);
    ArrayNode messages = (ArrayNode) request.path("messages");
    messages.add(chat.chat(REQUEST).json().at("/choices/0/message"));
    for (String id : new String[] {"toolu_1", "toolu_2"}) {
      messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", id + " done");
    }
    ChatClient.Reply last = chat.chat(request.toString());

    assertThat(last.json().at("/choices/0/message/content").asText()).isEqualTo("Sunny ☀");
    assertThat(last.header("X-Gateway-Adjustments")).isEmpty();
    sent();
    JsonNode turns = NativeClient.json(sent().bodyText()).path("messages");
    assertThat(turns.findValuesAsText("role")).containsExactly("user", "assistant", "user");
    assertThat(turns.at("/1/content/0")).isEqualTo(NativeClient.json(AnthropicWords.THINKING));
    assertThat(turns.at("/1/content/1/input")).isEqualTo(NativeClient.json("{\"city\":\"Rome\"}"));
    assertThat(turns.at("/2").findValuesAsText("tool_use_id"))
        .containsExactly("toolu_1", "toolu_2");
  }

  @Test
  void theKeyOfACallGoesUpstream() {
    anthropic.enqueue(SUNNY, SUNNY);
    caller.complete(REQUEST, "X-Cred-Anthropic-Api-Key", "sk-ant-of-the-call");
    caller.complete(REQUEST);

    assertThat(sent().headers("x-api-key")).containsExactly("sk-ant-of-the-call");
    assertThat(sent().headers("x-api-key")).containsExactly("sk-ant-configured");
  }

  @Test
  void errorsAndModelsComeThrough() {
    anthropic.enqueue(AnthropicWords.OVERLOADED, AnthropicWords.MODELS);
    HttpResponse<String> refused = caller.complete(REQUEST);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    assertThat(refused.body()).contains("Busy");
    sent();

    assertThat(caller.get("/api/v1/llm/models").body()).contains("claude-x");
    assertThat(sent().target()).startsWith("/v1/models");
  }

  @Test
  void aCutAnswerIsAFailure() {
    anthropic.enqueue(AnthropicWords.BEGINS.then(new Step.Close()));
    Answer cut = Answer.streamed(caller.stream(REQUEST));
    sent();

    assertThat(cut.text()).isEqualTo("Sun");
    assertThat(cut.errorStatus()).isEqualTo(502);
    assertThat(cut.errorKind()).isEqualTo("cut");
  }

  @Test
  void aCallerWhoLeavesClosesTheConnectionUpstream() throws Exception {
    anthropic.enqueue(AnthropicWords.BEGINS.then(new Step.Stall()));
    RecordedRequest request;
    try (Socket leaving = OpenAIScripts.asking(gateway.uri(), "claude-x")) {
      request = sent();
      assertThat(leaving.getInputStream().read()).isEqualTo('H');
    }

    assertThat(request.awaitPeerClosed(Duration.ofSeconds(5))).isLessThan(Duration.ofSeconds(1));
  }
}
