package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Embedding;
import io.agenticprimitives.gateway.api.llm.EmbeddingInput;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsCodecTest {
  private static final EmbeddingRequest TWO =
      request("small", new EmbeddingInput.Text("a"), new EmbeddingInput.Text("b"));

  private static EmbeddingRequest request(String model, EmbeddingInput... inputs) {
    return new EmbeddingRequest(model, List.of(inputs), OptionalInt.empty(), false, Extras.NONE);
  }

  private static Embeddings decoded(String body) {
    return EmbeddingsCodec.decode("application/json", Answer.stream(body), 2, _ -> {});
  }

  @Test
  void aRequestHasWhatTheCallerGaveAndNothingElse() {
    assertThat(EmbeddingsCodec.encode(TWO, "unused").toString())
        .isEqualTo("{\"model\":\"small\",\"input\":[\"a\",\"b\"]}");
    EmbeddingRequest full =
        new EmbeddingRequest(
            "",
            List.of(new EmbeddingInput.Tokens(List.of(1, 2))),
            OptionalInt.of(8),
            true,
            new Extras(Map.of("user", new JsonText("\"u\""))));
    assertThat(EmbeddingsCodec.encode(full, "usual").toString())
        .isEqualTo(
            "{\"model\":\"usual\",\"input\":[1,2],\"dimensions\":8,"
                + "\"encoding_format\":\"base64\",\"user\":\"u\"}");
  }

  @Test
  void oneInputIsWrittenAlone() {
    assertThat(EmbeddingsCodec.encode(request("m", new EmbeddingInput.Text("a")), "").toString())
        .isEqualTo("{\"model\":\"m\",\"input\":\"a\"}");
  }

  @Test
  void vectorsStandInTheOrderOfTheInputsDigitForDigit() {
    Embeddings answer =
        decoded(
            "{\"model\":\"m\",\"data\":[{\"index\":1,\"embedding\":\"AAAA\"},"
                + "{\"index\":0,\"embedding\":[-0.10, 1e-7]}],"
                + "\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3},\"id\":\"x\"}");
    assertThat(answer.model()).isEqualTo("m");
    assertThat(answer.vectors())
        .containsExactly(
            new Embedding.Numbers(new JsonText("[-0.10,1E-7]")), new Embedding.Base64("AAAA"));
    assertThat(answer.usage().inputTokens()).isEqualTo(OptionalLong.of(3));
    assertThat(answer.extensions())
        .extracting(field -> field.name())
        .containsExactly("usage", "id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":7,\"embedding\":[1]}]}",
        "{\"data\":[{\"embedding\":[1]},{\"embedding\":{}}]}",
        "{\"data\":[{\"embedding\":[1]},{\"embedding\":[1]},{\"embedding\":[1]}]}",
      })
  void aVectorThatIsMissingIsAFailure(String body) {
    assertThatThrownBy(() -> decoded(body))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("embeddings for 2 inputs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "[]", "{}", "{\"data\":{}}", "{\"data\":[{\"embedding\":[1]"})
  void whatIsNoListOfEmbeddingsIsAFailure(String body) {
    assertThatThrownBy(() -> decoded(body))
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE));
  }

  @Test
  void anErrorInAGoodAnswerIsAFailure() {
    assertThatThrownBy(() -> decoded("{\"error\":{\"message\":\"no room\",\"code\":429}}"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("no room");
  }

  @Test
  void whateverComesNothingElseIsThrown() {
    Random random = new Random(7);
    String pieces = "{}[]\",:0123456789.eE-dataembeddingindex \\";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder body = new StringBuilder("{\"data\":[");
      for (int i = random.nextInt(30); i > 0; i--) {
        body.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      try {
        decoded(body.toString());
      } catch (BackendException told) {
        assertThat(told.message()).isNotEmpty();
      }
    }
  }

  @Test
  void theServerIsAskedAtItsAddressWithTheKey() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start()
                .enqueue(
                    Script.json(
                        200,
                        "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}],\"model\":\"m\"}"));
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      assertThat(backend.embed(TWO, TestCall.plain()).vectors()).hasSize(2);
      RecordedRequest request = upstream.takeRequest(Pulling.AT_MOST);
      assertThat(request.target()).isEqualTo("/v1/embeddings");
      assertThat(request.bodyText()).isEqualTo("{\"model\":\"small\",\"input\":[\"a\",\"b\"]}");
    }
  }

  @Test
  void theUpstreamsOwnErrorIsTold() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start()
                .enqueue(Script.json(404, "{\"error\":{\"message\":\"no such model\"}}"));
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      assertThatThrownBy(() -> backend.embed(TWO, TestCall.plain()))
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND))
          .hasMessage("no such model");
    }
  }
}
