package io.agenticprimitives.gateway.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Embedding;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsWriterTest {
  /// 1.5 and -2, little-endian.
  private static final String BASE64 = "AADAPwAAAMA=";

  private static final Embedding NUMBERS = new Embedding.Numbers(new JsonText("[1.5, -2]"));
  private static final Embedding BYTES = new Embedding.Base64(BASE64);

  private static String written(Embedding vector, boolean base64) {
    JsonBuffer json = new JsonBuffer();
    Embeddings answer =
        new Embeddings(
            "m",
            List.of(vector),
            Usage.of(3, 0),
            List.of(new StreamEvent.Extension("id", new JsonText("\"x\""))));
    EmbeddingsWriter.write(answer, base64, List.of(), json);
    return json.toString();
  }

  private static String answer(String vector) {
    return "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":"
        + vector
        + "}],\"model\":\"m\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3},\"id\":\"x\"}";
  }

  @Test
  void theCallerGetsTheFormThatItAskedFor() {
    assertThat(written(NUMBERS, false)).isEqualTo(answer("[1.5,-2]"));
    assertThat(written(BYTES, false)).isEqualTo(answer("[1.5,-2.0]"));
    assertThat(written(NUMBERS, true)).isEqualTo(answer("\"" + BASE64 + "\""));
    assertThat(written(BYTES, true)).isEqualTo(answer("\"" + BASE64 + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "AAAA", "AADAfw=="})
  void whatIsNoVectorIsAFailure(String base64) {
    assertThatThrownBy(() -> written(new Embedding.Base64(base64), false))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("no vector");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[[1]]", "[\"a\"]", "[1,null]", "7"})
  void numbersThatAreNoneAreAFailure(String list) {
    assertThatThrownBy(() -> written(new Embedding.Numbers(new JsonText(list)), true))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("no vector");
  }

  @Test
  void everyVectorComesBackAsItWas() {
    Random random = new Random(11);
    for (int round = 0; round < 1000; round++) {
      StringBuilder list = new StringBuilder("[");
      for (int i = 0; i < 8; i++) {
        float number = Float.intBitsToFloat(random.nextInt());
        list.append(i == 0 ? "" : ",").append(Float.isFinite(number) ? number : 0f);
      }
      JsonText numbers = new JsonText(list.append("]").toString());
      assertThat(Float32Vectors.toNumbers(Float32Vectors.toBase64(numbers))).isEqualTo(numbers);
    }
  }
}
