package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.distribution.Words.Stop;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same request, asked of both backends, whose models say the same, gives the same events and
/// the same answer.
class SameEventsTest {
  private static final String HELLO = "{'messages':[{'role':'user','content':'Hello'}]}";
  private static final String WITH_TOOLS =
      """
      {'messages':[{'role':'user','content':'Weather?'}],'tool_choice':'auto','tools':[
        {'name':'weather','description':'of a city','input_schema':
          {'type':'object','properties':{'city':{'type':'string'}}}},
        {'name':'now','input_schema':{'type':'object','properties':{}}}]}
      """;
  private static final String WITH_RESULTS =
      WITH_TOOLS.replace(
          "'Weather?'}]",
          """
          'Weather?'},
          {'role':'assistant','content':'I look.','tool_calls':[
            {'id':'c-1','name':'weather','input':{'city':'Rome'}},
            {'id':'c-2','name':'now','input':{}}]},
          {'tool_results':[
            {'tool_use_id':'c-1','content':'sunny'},
            {'tool_use_id':'c-2','content':{'hour':7}}]}]
          """);

  private static BothBackends backends;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    backends = BothBackends.start(directory);
  }

  @AfterAll
  static void stop() {
    backends.close();
  }

  /// @param request with ' for "
  /// @param events the types of the events, for the reader and against both being wrong
  record Scenario(
      String name, String request, String stopReason, List<String> events, Words.Speech says) {
    String json() {
      return request.replace('\'', '"');
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Scenario scenario(
      String name, String request, String stopReason, String events, Words.Speech says) {
    List<String> types = List.of((events + " message_stop metadata").strip().split(" "));
    return new Scenario(name, request, stopReason, types, says);
  }

  static Stream<Scenario> scenarios() {
    String call = " tool_use_start tool_use_delta tool_use_delta tool_use_complete";
    return Stream.of(
        scenario(
            "text",
            HELLO,
            "end_turn",
            "content_delta content_delta",
            says ->
                says.text("H\u00e9")
                    .text("llo \ud83d\ude00\u2028")
                    .stop(Stop.END_TURN)
                    .usage(7, 0, 3)),
        scenario(
            "one tool",
            WITH_TOOLS,
            "tool_use",
            call.strip(),
            says ->
                says.call("c-1", "weather", "{\"city\":", "\"Rome\"}")
                    .stop(Stop.TOOL_USE)
                    .usage(20, 0, 9)),
        scenario(
            "text and a tool without arguments",
            WITH_TOOLS,
            "tool_use",
            "content_delta tool_use_start tool_use_complete",
            says -> says.text("I look.").call("c-1", "now").stop(Stop.TOOL_USE).usage(20, 0, 9)),
        scenario(
            "parallel tools",
            WITH_TOOLS,
            "tool_use",
            (call + call).strip(),
            says ->
                says.call("c-1", "weather", "{\"city\":", "\"Rome\"}")
                    .call("c-2", "weather", "{\"city\":\"O", "slo\"}")
                    .stop(Stop.TOOL_USE)
                    .usage(20, 0, 19)),
        scenario(
            "a turn with results of tools",
            WITH_RESULTS,
            "end_turn",
            "content_delta",
            says -> says.text("Sunny at seven.").stop(Stop.END_TURN).usage(60, 0, 5)),
        scenario(
            "max_tokens",
            HELLO,
            "max_tokens",
            "content_delta",
            says -> says.text("Once upon a").stop(Stop.MAX_TOKENS).usage(7, 0, 3)),
        scenario(
            "stop_sequence",
            HELLO.replace("{'messages'", "{'stop':['###'],'messages'"),
            "stop_sequence",
            "content_delta",
            says -> says.text("One ").stop(Stop.STOP_SEQUENCE).usage(7, 0, 1)),
        scenario(
            "content filter",
            HELLO,
            "content_filter",
            "content_delta",
            says -> says.text("I must").stop(Stop.CONTENT_FILTER).usage(7, 0, 2)),
        scenario(
            "cached tokens",
            HELLO,
            "end_turn",
            "content_delta",
            says -> says.text("Hi").stop(Stop.END_TURN).usage(2048, 2000, 1)),
        scenario(
            "reasoning",
            HELLO,
            "end_turn",
            "reasoning_delta reasoning_delta content_delta",
            says ->
                says.reasoning("Let me")
                    .reasoning(" see.")
                    .text("Hi")
                    .stop(Stop.END_TURN)
                    .usage(7, 0, 9)),
        scenario(
            "reasoning before a tool",
            WITH_TOOLS,
            "tool_use",
            "reasoning_delta" + call,
            says ->
                says.reasoning("Rome, then.")
                    .call("c-1", "weather", "{\"city\":", "\"Rome\"}")
                    .stop(Stop.TOOL_USE)
                    .usage(7, 0, 9)));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("scenarios")
  void streamsAreTheSameEvents(Scenario scenario) {
    List<ObjectNode> fromOpenAi = events("openai", scenario, "documented");
    List<ObjectNode> fromBedrock = events("bedrock", scenario, "documented");
    // OpenAI's dialect does not tell where a call ends before the answer does.
    assertThat(fromBedrock).isEqualTo(completedAtOnce(fromOpenAi));
    assertThat(fromBedrock.stream().map(event -> event.path("type").asText()))
        .containsExactlyElementsOf(scenario.events());
    assertThat(fromBedrock.get(fromBedrock.size() - 2).path("stop_reason").asText())
        .isEqualTo(scenario.stopReason());
  }

  /// With the completion of each call right behind its last piece.
  private static List<ObjectNode> completedAtOnce(List<ObjectNode> events) {
    List<ObjectNode> sorted = new ArrayList<>();
    for (ObjectNode event : events) {
      int place = sorted.size();
      if (event.path("type").asText().equals("tool_use_complete")) {
        while (!sorted.get(place - 1).path("id").equals(event.path("id"))) {
          place--;
        }
      }
      sorted.add(place, event);
    }
    return sorted;
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("scenarios")
  void assembledStreamsAreTheSameEvents(Scenario scenario) {
    List<ObjectNode> fromBedrock = events("bedrock", scenario, "assembled");
    assertThat(fromBedrock).isEqualTo(events("openai", scenario, "assembled"));
    assertThat(fromBedrock.getLast().path("type").asText()).isEqualTo("metadata");
  }

  private static List<ObjectNode> events(String backend, Scenario scenario, String toolEvents) {
    HttpResponse<String> response =
        ask(
            backend,
            scenario,
            "/api/v1/llm/completions/stream",
            "X-Gateway-Tool-Events",
            toolEvents);
    return NativeClient.events(response.body()).stream()
        .map(ObjectNode.class::cast)
        // What must be sent back is in the upstream's own form, if there is anything.
        .filter(event -> !event.path("type").asText().equals("reasoning_block"))
        .map(event -> event.path("type").asText().equals("metadata") ? common(event) : event)
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("scenarios")
  void answersAreTheSame(Scenario scenario) {
    JsonNode fromOpenAi = answer("openai", scenario);
    JsonNode fromBedrock = answer("bedrock", scenario);
    assertThat(fromBedrock).isEqualTo(fromOpenAi);
    assertThat(fromBedrock.path("stop_reason").asText()).isEqualTo(scenario.stopReason());
  }

  private static JsonNode answer(String backend, Scenario scenario) {
    HttpResponse<String> response = ask(backend, scenario, "/api/v1/llm/completions");
    ObjectNode answer = (ObjectNode) NativeClient.json(response.body());
    answer.set("metadata", common((ObjectNode) answer.path("metadata")));
    return answer.without("reasoning_blocks");
  }

  private static HttpResponse<String> ask(
      String backend, Scenario scenario, String route, String... headers) {
    HttpResponse<String> response =
        backends.post(
            backends.conversation(backend, scenario.says()), route, scenario.json(), headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Gateway-Provider")).contains(backend);
    return response;
  }

  /// The metadata without the upstream's own words for why it stopped (`stop_reason` is vLLM's).
  private static ObjectNode common(ObjectNode metadata) {
    return metadata.without(List.of("upstream_stop_reason", "stop_reason"));
  }
}
