package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Embedding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: what comes where no completion is wanted, errors, lists of models,
/// embeddings and the header `Retry-After`, is understood or a failure fit to be shown.
class OtherAnswersFuzzTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  static List<Recording> seeds() {
    return Stream.of("models", "embeddings", "chat-completions")
        .flatMap(endpoint -> Recording.of(endpoint).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForRecordings(Recording recording) {
    fuzzerTestOneInput(recording.body());
  }

  public static void fuzzerTestOneInput(byte[] body) {
    int hash = Arrays.hashCode(body);
    String text = new String(body, StandardCharsets.UTF_8);
    checkError(300 + Math.floorMod(hash, 300), text, body);
    checkRetryAfter(text);
    checkOrFail(
        () ->
            assertThat(ModelsDecoder.decode(new ByteArrayInputStream(body), _ -> {})).isNotNull());
    checkOrFail(() -> checkEmbeddings(1 + Math.floorMod(hash, 3), body));
  }

  private static void checkError(int status, String requestId, byte[] body) {
    BackendException failure =
        ErrorDecoder.decode(status, requestId, requestId, null, new ByteArrayInputStream(body));
    check(failure);
    assertThat(failure.upstream().status()).isEqualTo(status);
  }

  private static void checkRetryAfter(String header) {
    RetryAfter.parse(header, Instant.EPOCH)
        .ifPresent(delay -> assertThat(delay).isBetween(Duration.ZERO, A_DAY));
  }

  /// As many vectors as inputs, all of numbers.
  private static void checkEmbeddings(int inputs, byte[] body) {
    List<Embedding> vectors =
        EmbeddingsCodec.decode(null, new ByteArrayInputStream(body), inputs, _ -> {}).vectors();
    assertThat(vectors).hasSize(inputs);
  }

  private static void checkOrFail(Runnable decoding) {
    try {
      decoding.run();
    } catch (BackendException failure) {
      check(failure);
    }
  }

  private static void check(BackendException failure) {
    assertThat(failure.kind()).isNotIn(ErrorKind.INTERNAL, ErrorKind.CANCELLED);
    assertThat(failure.message())
        .isNotBlank()
        .doesNotContainPattern("\\p{Cntrl}")
        .hasSizeLessThan(2 * UpstreamText.MAX_MESSAGE);
  }
}
