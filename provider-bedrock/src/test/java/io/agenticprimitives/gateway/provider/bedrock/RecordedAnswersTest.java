package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Bedrock said, as it was recorded, is what comes out, however the network cuts it.
class RecordedAnswersTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static List<Recording> recordings() {
    return Recording.all();
  }

  @Test
  void allRecordingsAreThere() {
    assertThat(recordings()).hasSize(49);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anAnswerThatComesAtOnce(Recording recording) {
    compare(recording, new ByteArrayInputStream(recording.body()));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anAnswerThatComesByteByByte(Recording recording) {
    compare(recording, CutBody.byteByByte(recording.body()));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anAnswerThatComesInPiecesOfAnySize(Recording recording) {
    Random random = new Random(recording.name().hashCode());
    compare(recording, CutBody.inPieces(recording.body(), () -> 1 + random.nextInt(300)));
  }

  private static void compare(Recording recording, InputStream body) {
    Answer answer =
        recording.status() >= 400
            ? new Answer(List.of(), error(recording, body))
            : Answer.of(events(recording, body)::next);
    ObjectNode actual = MAPPER.createObjectNode();
    actual.put("outcome", answer.failure() == null ? "finished" : "failed");
    actual.put("model", answer.model().isEmpty() ? null : answer.model());
    actual.put("text", answer.text());
    actual.put("reasoning", answer.reasoning());
    actual.putNull("refusal");
    actual.set("tool_calls", calls(answer));
    actual.putNull("stop_reason").putNull("upstream_stop_reason").putNull("usage");
    if (answer.failure() == null) {
      actual.put("stop_reason", answer.finished().stopReason().wireName());
      actual.put("upstream_stop_reason", answer.finished().upstreamStopReason());
      actual.set("usage", usage(answer.finished().usage()));
    }
    ArrayNode blocks = actual.putArray("reasoning_blocks");
    answer.reasoningBlocks().forEach(block -> blocks.add(tree(block)));
    ObjectNode extensions = actual.putObject("extensions");
    answer.extensions().forEach((name, value) -> extensions.set(name, tree(value)));
    actual.set("error", error(answer.failure(), recording.expected().path("error")));
    assertThat(actual).isEqualTo(recording.expected());
  }

  private static EventSource events(Recording recording, InputStream body) {
    ToolNames names = ToolNames.of(List.of());
    String id = recording.headers().path("x-amzn-requestid").asText("");
    return recording.isEventStream()
        ? new ConverseStreamDecoder(new AnswerStream(body, _ -> {}), id, recording.model(), names)
        : new ConverseAnswerDecoder(
            new AnswerStream(body, _ -> {}), recording.contentType(), id, recording.model(), names);
  }

  private static BackendException error(Recording recording, InputStream body) {
    try {
      AwsError said =
          AwsError.ofAnswer(
              recording.headers().path("x-amzn-errortype").asText(null),
              recording.headers().path("x-amzn-requestid").asText(null),
              body.readAllBytes());
      assertThat(said.name()).matches("|[A-Z][A-Za-z]+Exception");
      assertThat(said.requestId())
          .isEqualTo(recording.headers().path("x-amzn-requestid").asText(""));
      return AwsErrors.answered(recording.status(), said, false);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The words of the message are there; the rest is compared like everything else.
  private static JsonNode error(@Nullable BackendException failure, JsonNode expected) {
    if (failure == null) {
      return MAPPER.nullNode();
    }
    String words = expected.path("message_contains").asText();
    assertThat(failure.message()).contains(words);
    int upstream = failure.upstream().status();
    ObjectNode error = MAPPER.createObjectNode().put("status", failure.kind().httpStatus());
    error.put("upstream_status", upstream == 0 ? null : Integer.valueOf(upstream));
    return error.put("message_contains", words);
  }

  private static ArrayNode calls(Answer answer) {
    ArrayNode calls = MAPPER.createArrayNode();
    answer
        .calls()
        .forEach(
            call ->
                calls
                    .addObject()
                    .put("id", call.id())
                    .put("name", call.name())
                    .put("arguments", call.arguments().isEmpty() ? "{}" : call.arguments()));
    return calls;
  }

  private static JsonNode usage(Usage usage) {
    ObjectNode counts = MAPPER.createObjectNode();
    put(counts, "input_tokens", usage.inputTokens());
    put(counts, "output_tokens", usage.outputTokens());
    put(counts, "cache_read_input_tokens", usage.cacheReadInputTokens());
    put(counts, "cache_write_input_tokens", usage.cacheWriteInputTokens());
    put(counts, "reasoning_tokens", usage.reasoningTokens());
    return counts;
  }

  private static void put(ObjectNode counts, String name, OptionalLong count) {
    count.ifPresent(value -> counts.set(name, tree(Long.toString(value))));
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
