package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What client libraries sent to the service comes out again when it is asked of the gateway.
class RecordedRequestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A file beside results is refused by Claude, and this one was refused.
  private static final String FILE_BESIDE_RESULT =
      "pydanticai-multimodal-tool-return-matrix-tool-return-content-uploaded-file-i1";

  /// It holds text that is one line break, which other models refuse.
  private static final String BLANK_TEXT = "pydanticai-bedrock-cache-write-and-read-i0";

  static Stream<RecordedRequest> converse() {
    return RecordedRequest.all().stream().filter(RecordedRequest::isConverse);
  }

  static Stream<RecordedRequest> unchanged() {
    return converse()
        .filter(recorded -> !recorded.name().equals(FILE_BESIDE_RESULT))
        .filter(recorded -> !recorded.name().equals(BLANK_TEXT));
  }

  @Test
  void allRecordedRequestsAreRead() {
    assertThat(RecordedRequest.all()).hasSize(49);
    assertThat(converse()).hasSize(47);
  }

  @ParameterizedTest
  @MethodSource("unchanged")
  void comesOutAsItWasSent(RecordedRequest recorded) throws IOException {
    RecordingCall call = new RecordingCall(false);
    JsonNode sent = encode(recorded, call);
    JsonNode expected = essence(recorded.body());
    assertThat(isEqual(sent, expected)).as("%s should be %s", sent, expected).isTrue();
    assertThat(call.lines()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("converse")
  void breaksNoRuleOfConverse(RecordedRequest recorded) throws IOException {
    JsonNode sent = encode(recorded, new RecordingCall(false));
    assertThat(ConverseValidator.violations(sent, ModelTraits.of(recorded.model(), ""))).isEmpty();
  }

  @Test
  void theValidatorRefusesWhatIsNotOfConverse() {
    List<RecordedRequest> others =
        RecordedRequest.all().stream().filter(recorded -> !recorded.isConverse()).toList();
    assertThat(others)
        .hasSize(2)
        .allSatisfy(
            recorded ->
                assertThat(ConverseValidator.violations(recorded.body(), ModelTraits.UNKNOWN))
                    .isNotEmpty());
  }

  @Test
  void aFileBesideAResultGetsATurnOfItsOwn() throws IOException {
    RecordedRequest recorded = named(FILE_BESIDE_RESULT);
    RecordingCall call = new RecordingCall(false);
    JsonNode messages = encode(recorded, call).path("messages");
    assertThat(messages).hasSize(5);
    assertThat(messages.get(3).toString())
        .isEqualTo("{\"role\":\"assistant\",\"content\":[{\"text\":\".\"}]}");
    assertThat(messages.get(4).path("content").get(0))
        .isEqualTo(recorded.body().path("messages").get(2).path("content").get(1));
    assertThat(call.lines())
        .containsExactly("CHANGED messages[2].content[1]", "CHANGED messages[2].content[1]");
  }

  @Test
  void aBlankTextBetweenADocumentAndACachePointIsReplaced() throws IOException {
    RecordingCall call = new RecordingCall(false);
    JsonNode content = encode(named(BLANK_TEXT), call).path("messages").get(0).path("content");
    assertThat(content.get(2).toString()).isEqualTo("{\"text\":\".\"}");
    assertThat(content.get(3).has("cachePoint")).isTrue();
    assertThat(content).hasSize(6);
    assertThat(call.lines())
        .containsExactly("DROPPED messages[1].content[2]", "CHANGED messages[1].content[3]");
  }

  private static RecordedRequest named(String name) {
    return converse().filter(recorded -> recorded.name().equals(name)).findFirst().orElseThrow();
  }

  private static JsonNode encode(RecordedRequest recorded, RecordingCall call) throws IOException {
    ConverseEncoder encoder = new ConverseEncoder(ConverseSettings.NONE);
    return JSON.readTree(encoder.encode(recorded.request(), recorded.model(), call).body());
  }

  /// The request without what says nothing: empty members and the default status of results.
  private static JsonNode essence(JsonNode body) {
    ObjectNode essence = body.deepCopy();
    for (JsonNode result : essence.findValues("toolResult")) {
      if (result.path("status").asText().equals("success")) {
        ((ObjectNode) result).remove("status");
      }
    }
    if (essence.path("inferenceConfig") instanceof ObjectNode config
        && config.path("stopSequences").isEmpty()) {
      config.remove("stopSequences");
    }
    for (String member : List.of("system", "inferenceConfig", "additionalModelRequestFields")) {
      if (essence.path(member).isEmpty()) {
        essence.remove(member);
      }
    }
    return essence;
  }

  private static boolean isEqual(JsonNode left, JsonNode right) {
    return left.equals((a, b) -> isEqualLeaf(a, b) ? 0 : 1, right);
  }

  /// Takes 1 and 1.0 for one number.
  private static boolean isEqualLeaf(JsonNode left, JsonNode right) {
    boolean numbers = left.isNumber() && right.isNumber();
    return numbers ? left.asDouble() == right.asDouble() : left.equals(right);
  }
}
