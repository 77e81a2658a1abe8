package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.distribution.Words.Stop;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A program that was written for OpenAI's messages asks, runs the tools that the model calls, and
/// asks again. It runs against either backend; only one header changes.
class ToolLoopTest {
  private static BothBackends backends;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    backends = BothBackends.start(directory);
  }

  @AfterAll
  static void stop() {
    backends.close();
  }

  /// A route and how its answers are read.
  ///
  /// @param message the model's message, in OpenAI's form, from an answer
  record Dialect(String path, Function<JsonNode, ObjectNode> message) {
    @Override
    public String toString() {
      return path;
    }
  }

  private static final Dialect NATIVE =
      new Dialect("/api/v1/llm/completions", ToolLoopTest::messageOfNativeAnswer);

  private static final Dialect OPENAI =
      new Dialect("/v1/chat/completions", answer -> (ObjectNode) answer.at("/choices/0/message"));

  private static ObjectNode messageOfNativeAnswer(JsonNode answer) {
    ObjectNode message = NativeClient.JSON.createObjectNode().put("role", "assistant");
    message.set("content", answer.path("content"));
    for (JsonNode call : answer.path("tool_calls")) {
      message
          .withArray("tool_calls")
          .addObject()
          .put("id", call.path("id").asText())
          .put("type", "function")
          .putObject("function")
          .put("name", call.path("name").asText())
          .put("arguments", call.path("input").toString());
    }
    return message;
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(NATIVE, OPENAI)
        .flatMap(dialect -> BothBackends.NAMES.stream().map(name -> Arguments.of(dialect, name)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everywhere")
  void theSameProgramRunsAgainstBoth(Dialect dialect, String backend) {
    BothBackends.Conversation conversation =
        backends.conversation(
            backend,
            says ->
                says.text("I look it up.")
                    .call("call_1", "weather", "{\"city\":", "\"Rome\"}")
                    .call("call_2", "weather", "{\"city\":\"Oslo\"}")
                    .stop(Stop.TOOL_USE)
                    .usage(30, 0, 20),
            says ->
                says.call("call_3", "mean", "{\"of\":[30,10]}").stop(Stop.TOOL_USE).usage(60, 0, 9),
            says -> says.text("20 degrees.").stop(Stop.END_TURN).usage(80, 0, 4));

    assertThat(run(conversation, dialect)).isEqualTo("20 degrees.");

    assertThat(conversation.requests()).hasSize(3);
    RecordedRequest last = conversation.requests().getLast();
    if (backend.equals("bedrock")) {
      conversation.requests().forEach(ScriptedBedrock::validBody);
      assertThat(turns(ScriptedBedrock.validBody(last)))
          .containsExactly(
              "user text",
              "assistant text toolUse toolUse",
              "user toolResult toolResult",
              "assistant toolUse",
              "user toolResult");
    } else {
      assertThat(NativeClient.json(last.bodyText()).path("messages").findValuesAsText("role"))
          .containsExactly("system", "user", "assistant", "tool", "tool", "assistant", "tool");
    }
    for (String said : List.of("Be brief.", "30 degrees", "10 degrees", "call_1", "call_2")) {
      assertThat(last.bodyText()).contains(said);
    }
  }

  private static Stream<String> turns(JsonNode body) {
    return body.path("messages")
        .valueStream()
        .map(
            message ->
                message
                    .path("content")
                    .valueStream()
                    .map(block -> block.fieldNames().next())
                    .reduce(message.path("role").asText(), (a, b) -> a + " " + b));
  }

  /// The program.
  private static String run(BothBackends.Conversation conversation, Dialect dialect) {
    ObjectNode request =
        (ObjectNode)
            NativeClient.json(
                """
                {"messages": [
                   {"role": "system", "content": "Be brief."},
                   {"role": "user", "content": "Mean temperature of Rome and Oslo?"}],
                 "tools": [
                   {"type": "function", "function": {"name": "weather", "parameters":
                     {"type": "object", "properties": {"city": {"type": "string"}}}}},
                   {"type": "function", "function": {"name": "mean", "parameters":
                     {"type": "object", "properties": {"of": {"type": "array"}}}}}]}
                """);
    ArrayNode messages = (ArrayNode) request.path("messages");
    while (true) {
      HttpResponse<String> response =
          backends.post(conversation, dialect.path(), request.toString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      ObjectNode message = dialect.message().apply(NativeClient.json(response.body()));
      messages.add(message);
      if (!message.has("tool_calls")) {
        return message.path("content").asText();
      }
      message.path("tool_calls").forEach(call -> messages.add(result(call)));
    }
  }

  private static ObjectNode result(JsonNode call) {
    JsonNode arguments = NativeClient.json(call.path("function").path("arguments").asText());
    String content =
        switch (call.path("function").path("name").asText()) {
          case "weather" ->
              arguments.path("city").asText().equals("Rome") ? "30 degrees" : "10 degrees";
          case "mean" ->
              String.valueOf((arguments.at("/of/0").asInt() + arguments.at("/of/1").asInt()) / 2);
          default -> throw new AssertionError("No such tool: " + call);
        };
    return NativeClient.JSON
        .createObjectNode()
        .put("role", "tool")
        .put("tool_call_id", call.path("id").asText())
        .put("content", content);
  }
}
