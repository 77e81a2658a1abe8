package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What real clients asked of real servers arrives at a server of the same dialect as they wrote
/// it.
class RequestFidelityTest {
  private static final String ANSWER =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}]}";

  private static final String CHAT = "/v1/chat/completions";

  private static ScriptedUpstream upstream;
  private static GatewayProcess gateway;
  private static NativeClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start().onRequest(_ -> Script.json(200, ANSWER));
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

  static Stream<CorpusCase> cases() {
    return CorpusCase.all("chat-completions").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingIsLostOnTheWay(CorpusCase recorded) {
    HttpResponse<String> response = client.complete(recorded.request());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    String sent = upstream.takeRequest(Duration.ofSeconds(5)).bodyText();

    JsonNode wanted = NativeClient.json(recorded.request());
    JsonNode got = NativeClient.json(sent);
    // The caller's own notes stay with the gateway.
    ((ObjectNode) wanted).remove("metadata");
    boolean twoLimits = wanted.has("max_tokens") && wanted.has("max_completion_tokens");
    if (twoLimits) {
      ((ObjectNode) wanted).remove("max_tokens");
    }
    assertThat(normal(got)).isEqualTo(normal(wanted));
    assertThat(response.headers().firstValue("X-Gateway-Adjustments").isPresent())
        .isEqualTo(twoLimits);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void norOnTheOpenAICompatibleRoute(CorpusCase recorded) {
    ObjectNode request = recorded.recordedRequest();
    HttpResponse<String> response = client.post(CHAT, request.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    String sent = upstream.takeRequest(Duration.ofSeconds(5)).bodyText();

    boolean twoLimits = request.has("max_tokens") && request.has("max_completion_tokens");
    if (twoLimits) {
      request.remove("max_tokens");
    }
    assertThat(normal(NativeClient.json(sent))).isEqualTo(normal(newer(request)));
    assertThat(response.headers().firstValue("X-Gateway-Adjustments").isPresent())
        .isEqualTo(twoLimits);
  }

  @Test
  void whatTheGatewayDoesNotKnowArrivesUnchanged() {
    String body =
        """
        {"model":"m","stream":true,"messages":[{"role":"user","name":"u","vendor":{"a":null},
          "content":[{"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}},
                     {"type":"video_url","video_url":{"url":"http://v"}}]},
          {"role":"assistant","content":null,"vendor":1,"reasoning_details":[{"type":"x"}],
           "tool_calls":[{"id":"c","type":"function","extra_content":{"s":"1"},
                          "function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"c","content":"ok","vendor":"t"}],
         "tools":[{"type":"function","function":{"name":"f","vendor":[1]},"vendor":2},
                  {"type":"web_search","vendor":3}],
         "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}},
         "response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,
                            "schema":{"$defs":{},"type":["object","null"]}}},
         "metadata":{"order":"7"},"store":true,"service_tier":"flex","n":2,"logprobs":true,
         "top_logprobs":3,"logit_bias":{"50256":-100},"user":"u-1","safety_identifier":"s",
         "prediction":{"type":"content","content":"x"},"modalities":["text","audio"],
         "audio":{"voice":"alloy","format":"wav"},"prompt_cache_key":"k","verbosity":"low",
         "web_search_options":{"a":1.10},"vendor":{"b":[null,{}]}}
        """;
    ObjectNode request = (ObjectNode) NativeClient.json(body);
    request.putObject("stream_options").put("include_usage", false).put("vendor", 5);
    HttpResponse<String> response = client.post(CHAT, request.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    ObjectNode sent =
        (ObjectNode) NativeClient.json(upstream.takeRequest(Duration.ofSeconds(5)).bodyText());
    ((ObjectNode) request.path("stream_options")).put("include_usage", true);
    assertThat(normal(sent)).isEqualTo(normal(request));
    assertThat(response.headers().firstValue("X-Gateway-Adjustments")).isEmpty();
  }

  /// Functions are tools, of which one is called at a time; the gateway always asks for the usage
  /// of a stream.
  private static ObjectNode newer(ObjectNode request) {
    JsonNode functions = request.remove("functions");
    if (functions != null) {
      ArrayNode tools = request.putArray("tools");
      functions.forEach(
          function -> tools.addObject().put("type", "function").set("function", function));
      request.put("parallel_tool_calls", false);
    }
    JsonNode call = request.remove("function_call");
    if (call != null) {
      request.set("tool_choice", call);
    }
    if (request.path("stream").asBoolean()) {
      request.putObject("stream_options").put("include_usage", true);
    } else {
      request.remove(List.of("stream", "stream_options"));
    }
    return request;
  }

  /// Removes the differences that mean nothing in this dialect.
  private static JsonNode normal(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = NativeClient.JSON.createArrayNode();
      array.forEach(item -> copy.add(normal(item)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return Numbers.normal(node);
    }
    ObjectNode copy = NativeClient.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!meansNothing(field)) {
        copy.set(field.getKey(), normal(plainContent(field)));
      }
    }
    return copy;
  }

  private static boolean meansNothing(Map.Entry<String, JsonNode> field) {
    JsonNode value = field.getValue();
    return switch (field.getKey()) {
      case "description" -> value.asText().isEmpty();
      case "content", "tools" -> value.isNull() || (value.isArray() && value.isEmpty());
      // A tool whose type is not given is a function.
      case "type" -> value.asText().equals("function");
      default -> value.isNull();
    };
  }

  /// One plain text in a list is that text; one stop sequence is a list of one; an address may
  /// stand for a picture; Mistral's word for "required" is "any".
  private static JsonNode plainContent(Map.Entry<String, JsonNode> field) {
    JsonNode value = field.getValue();
    boolean plain =
        field.getKey().equals("content")
            && value.size() == 1
            && value.path(0).path("type").asText().equals("text")
            && value.path(0).size() == 2;
    if (plain) {
      return value.path(0).path("text");
    }
    return switch (field.getKey()) {
      case "stop" -> value.isTextual() ? NativeClient.JSON.createArrayNode().add(value) : value;
      case "image_url" ->
          value.isTextual() ? NativeClient.JSON.createObjectNode().set("url", value) : value;
      case "tool_choice" ->
          value.asText().equals("any") ? NativeClient.json("\"required\"") : value;
      default -> value;
    };
  }
}
