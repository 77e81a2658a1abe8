package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.distribution.Words.Stop;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The original project's comparison of its two providers (its documentation, "OpenAI Compatible",
/// section "Backend Comparison"), row by row.
class ComparisonTableTest {
  private static final String WHOLE = "/api/v1/llm/completions";
  private static final String STREAM = WHOLE + "/stream";
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

  private static BothBackends backends;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    backends = BothBackends.start(directory);
  }

  @AfterAll
  static void stop() {
    backends.close();
  }

  private static Words hello(Words says) {
    return says.text("Hi").text(" there").stop(Stop.END_TURN).usage(3, 0, 2);
  }

  /// Asks each backend the same, and gives back what each was asked: OpenAI, then Bedrock.
  private static List<RecordedRequest> askBoth(String path, String body, Words.Speech says) {
    return BothBackends.NAMES.stream()
        .map(
            backend -> {
              BothBackends.Conversation conversation = backends.conversation(backend, says);
              HttpResponse<String> response = backends.post(conversation, path, body);
              assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
              return conversation.requests().getFirst();
            })
        .toList();
  }

  /// Row "Streaming": SSE up to `data: [DONE]`, and `converse_stream()`.
  @Test
  void streaming() {
    List<RecordedRequest> asked = askBoth(STREAM, ASK, ComparisonTableTest::hello);
    assertThat(asked.getFirst().path()).isEqualTo("/v1/chat/completions");
    assertThat(NativeClient.json(asked.getFirst().bodyText()).path("stream").asBoolean()).isTrue();
    assertThat(asked.getLast().path()).isEqualTo("/model/amazon.nova-lite-v1%3A0/converse-stream");
    assertThat(asked.getLast().header("Accept")).contains(ScriptedBedrock.EVENT_STREAM);
    for (String backend : BothBackends.NAMES) {
      BothBackends.Conversation conversation =
          backends.conversation(backend, ComparisonTableTest::hello);
      HttpResponse<String> response = backends.post(conversation, STREAM, ASK);
      assertThat(NativeClient.events(response.body())).hasSize(4);
      assertThat(response.body()).doesNotContain("[DONE]");
      assertThat(Answer.streamed(response).text()).isEqualTo("Hi there");
    }
  }

  /// Row "Tool use": OpenAI's function calling, and Bedrock's `toolConfig`.
  @Test
  void toolUse() {
    String body =
        ASK.replace(
            "{\"messages\"",
            "{\"tools\":[{\"name\":\"weather\",\"description\":\"of a city\",\"input_schema\":"
                + "{\"type\":\"object\",\"properties\":{}}}],\"tool_choice\":\"any\",\"messages\"");
    Words.Speech call =
        says -> says.call("c-1", "weather", "{\"a\":1}").stop(Stop.TOOL_USE).usage(3, 0, 2);
    List<RecordedRequest> asked = askBoth(WHOLE, body, call);
    JsonNode openAi = NativeClient.json(asked.getFirst().bodyText());
    assertThat(openAi.path("tools"))
        .isEqualTo(
            NativeClient.json(
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":"
                    + "\"of a city\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]"));
    assertThat(openAi.path("tool_choice").asText()).isEqualTo("required");
    assertThat(ScriptedBedrock.validBody(asked.getLast()).path("toolConfig"))
        .isEqualTo(
            NativeClient.json(
                "{\"tools\":[{\"toolSpec\":{\"name\":\"weather\",\"description\":\"of a city\","
                    + "\"inputSchema\":{\"json\":{\"type\":\"object\",\"properties\":{}}}}}],"
                    + "\"toolChoice\":{\"any\":{}}}"));
    for (String backend : BothBackends.NAMES) {
      Answer answer =
          Answer.whole(backends.post(backends.conversation(backend, call), WHOLE, body));
      assertThat(answer.calls())
          .containsExactly(new Answer.Call("c-1", "weather", NativeClient.json("{\"a\":1}")));
      assertThat(answer.stopReason().asText()).isEqualTo("tool_use");
    }
  }

  /// Row "Auth": a bearer token, and AWS SigV4. The server in the place of Bedrock has calculated
  /// the signature again.
  @Test
  void auth() {
    List<RecordedRequest> asked = askBoth(WHOLE, ASK, ComparisonTableTest::hello);
    assertThat(asked.getFirst().header("Authorization").orElseThrow()).startsWith("Bearer AKIA");
    assertThat(asked.getFirst().header("X-Amz-Date")).isEmpty();
    assertThat(asked.getLast().header("Authorization").orElseThrow())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIA")
        .contains("/us-east-1/bedrock/aws4_request");
  }

  /// Row "Dependencies": none, and AWS's SDK, which is in the Bedrock plugin and nowhere else.
  @Test
  void dependencies() throws IOException {
    assertThat(jars("lib")).noneMatch(ComparisonTableTest::isAws);
    assertThat(jars("plugins/openai-compatible")).noneMatch(ComparisonTableTest::isAws);
    assertThat(jars("plugins/bedrock")).anyMatch(ComparisonTableTest::isAws);
  }

  private static List<String> jars(String directory) throws IOException {
    try (var files = Files.walk(GatewayProcess.DISTRIBUTION.resolve(directory))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .toList();
      assertThat(names).isNotEmpty();
      return names;
    }
  }

  private static boolean isAws(String jar) {
    return jar.matches("(aws-|eventstream|http-auth-aws|sts-|bedrock).*");
  }

  /// Row "Works with": OpenAI, LM Studio, Ollama, vLLM, TGI; what such servers say is in the corpus
  /// and in its replay. And the models of Bedrock, by all the names that they have.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "amazon.nova-lite-v1:0",
        "us.anthropic.claude-sonnet-4-20250514-v1:0",
        "eu.anthropic.claude-sonnet-4-20250514-v1:0",
        "meta.llama3-2-1b-instruct-v1:0",
        "mistral.mistral-large-2407-v1:0",
        "cohere.command-r-plus-v1:0",
        "ai21.jamba-1-5-large-v1:0",
        "deepseek.r1-v1:0",
        "openai.gpt-oss-120b-1:0",
        "qwen.qwen3-32b-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456"
      })
  void worksWith(String model) {
    String body = ASK.replace("{\"messages\"", "{\"model\":\"" + model + "\",\"messages\"");
    List<RecordedRequest> asked = askBoth(WHOLE, body, ComparisonTableTest::hello);
    assertThat(NativeClient.json(asked.getFirst().bodyText()).path("model").asText())
        .isEqualTo(model);
    assertThat(ScriptedBedrock.model(asked.getLast())).isEqualTo(model);
    ScriptedBedrock.validBody(asked.getLast());
  }
}
