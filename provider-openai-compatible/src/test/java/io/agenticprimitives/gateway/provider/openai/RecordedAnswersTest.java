package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What was recorded of 33 providers gives what the corpus says that callers get, however the
/// network cuts it.
class RecordedAnswersTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static List<Recording> completions() {
    return Recording.of("chat-completions");
  }

  static List<Recording> cutCompletions() {
    return completions().stream().filter(recording -> recording.chunkSizes().length > 0).toList();
  }

  static List<Recording> models() {
    return Recording.of("models");
  }

  static List<Recording> failedEmbeddings() {
    return Recording.of("embeddings").stream().filter(call -> call.status() >= 400).toList();
  }

  @Test
  void theCorpusIsThere() {
    assertThat(completions()).hasSizeGreaterThan(100);
    assertThat(cutCompletions()).hasSizeGreaterThan(5);
    assertThat(models()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("completions")
  void wholeBodiesGiveWhatIsExpected(Recording recording) throws Exception {
    compare(recording, new ByteArrayInputStream(recording.body()));
  }

  @ParameterizedTest
  @MethodSource("completions")
  void singleBytesGiveWhatIsExpected(Recording recording) throws Exception {
    compare(recording, CutBody.byteByByte(recording.body()));
  }

  @ParameterizedTest
  @MethodSource("cutCompletions")
  void theOriginalNetworkReadsGiveWhatIsExpected(Recording recording) throws Exception {
    PrimitiveIterator.OfInt sizes = Arrays.stream(recording.chunkSizes()).iterator();
    compare(
        recording, CutBody.inPieces(recording.body(), () -> sizes.hasNext() ? sizes.nextInt() : 1));
  }

  @ParameterizedTest
  @MethodSource("failedEmbeddings")
  void errorsOfEmbeddingsAreErrorsLikeOthers(Recording recording) {
    compareError(recording, decodeError(recording, new ByteArrayInputStream(recording.body())));
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelsComeInTheUpstreamsOrder(Recording recording) {
    List<ModelInfo> models = ModelsDecoder.decode(CutBody.byteByByte(recording.body()), _ -> {});
    List<String> expected =
        recording.expected().path("models").valueStream().map(JsonNode::asText).toList();
    assertThat(models).extracting(ModelInfo::name).containsExactlyElementsOf(expected);
    assertThat(models.getFirst().extras().fields()).containsKey("object").doesNotContainKey("id");
  }

  private static void compare(Recording recording, InputStream body) throws Exception {
    Answer answer =
        recording.status() >= 400
            ? Answer.of(List.of(), decodeError(recording, body))
            : Answer.of(
                ResponseBody.open(recording.contentType(), recording.isStreamed(), body, _ -> {}));
    ObjectNode actual = MAPPER.createObjectNode();
    actual.put("outcome", answer.failure() == null ? "finished" : "failed");
    actual.put("model", answer.model().isEmpty() ? null : answer.model());
    actual.put("text", answer.text());
    actual.put("reasoning", answer.reasoning());
    actual.put("refusal", answer.refusal().isEmpty() ? null : answer.refusal());
    actual.set("tool_calls", calls(answer));
    if (answer.failure() == null) {
      actual.put("stop_reason", answer.finished().stopReason().wireName());
      String word = answer.finished().upstreamStopReason();
      actual.put("upstream_stop_reason", word.isEmpty() ? null : word);
      actual.set("usage", usage(answer.finished().usage()));
    } else {
      compareError(recording, answer.failure());
      actual.putNull("stop_reason").putNull("upstream_stop_reason").putNull("usage");
    }
    ObjectNode expected = recording.expected().deepCopy();
    expected.remove("error");
    assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  private static BackendException decodeError(Recording recording, InputStream body) {
    return ErrorDecoder.decode(
        recording.status(),
        recording.headers().path("retry-after").asText(null),
        recording.headers().path("x-request-id").asText(null),
        recording.contentType(),
        body);
  }

  private static void compareError(Recording recording, BackendException failure) {
    JsonNode error = recording.expected().path("error");
    assertThat(failure.kind().httpStatus()).isEqualTo(error.path("status").asInt());
    assertThat(failure.upstream().status()).isEqualTo(error.path("upstream_status").asInt(0));
    assertThat(failure.message()).contains(error.path("message_contains").asText());
    assertThat(failure.retryAfter().map(delay -> delay.toSeconds()).orElse(-1L))
        .isEqualTo(error.path("retry_after_seconds").asLong(-1));
    assertThat(failure.upstream().requestId())
        .isEqualTo(recording.headers().path("x-request-id").asText(""));
  }

  private static ArrayNode calls(Answer answer) {
    ArrayNode calls = MAPPER.createArrayNode();
    boolean cut =
        answer.failure() == null && answer.finished().stopReason() == StopReason.MAX_TOKENS;
    answer
        .calls()
        .forEach(
            call -> {
              boolean none = call.arguments().isBlank() || call.arguments().equals("null");
              calls
                  .addObject()
                  .put("id", call.id().isEmpty() ? null : call.id())
                  .put("name", call.name())
                  .put("arguments", none && !cut ? "{}" : call.arguments());
            });
    return calls;
  }

  private static JsonNode usage(Usage usage) {
    if (!usage.isKnown()) {
      return MAPPER.nullNode();
    }
    ObjectNode counts = MAPPER.createObjectNode();
    put(counts, "input_tokens", usage.inputTokens());
    put(counts, "output_tokens", usage.outputTokens());
    put(counts, "cache_read_input_tokens", usage.cacheReadInputTokens());
    put(counts, "cache_write_input_tokens", usage.cacheWriteInputTokens());
    put(counts, "reasoning_tokens", usage.reasoningTokens());
    return counts;
  }

  private static void put(ObjectNode counts, String name, OptionalLong count) {
    count.ifPresent(value -> counts.put(name, value));
  }
}
