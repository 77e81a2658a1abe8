package io.agenticprimitives.gateway.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.EmbeddingInput;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingRequestReaderTest {
  private static EmbeddingRequest read(String body) {
    return EmbeddingRequestReader.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void allFieldsAreRead() {
    EmbeddingRequest request =
        read(
            "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":8,"
                + "\"encoding_format\":\"base64\",\"user\":\"u\"}");
    assertThat(request.model()).isEqualTo("m");
    assertThat(request.inputs())
        .containsExactly(new EmbeddingInput.Text("a"), new EmbeddingInput.Text("b"));
    assertThat(request.dimensions()).isEqualTo(OptionalInt.of(8));
    assertThat(request.base64()).isTrue();
    assertThat(request.extras().fields()).containsEntry("user", new JsonText("\"u\""));
  }

  @Test
  void inputHasFourForms() {
    EmbeddingInput tokens = new EmbeddingInput.Tokens(List.of(1, 2));
    assertThat(read("{\"input\":\"a\"}").inputs()).containsExactly(new EmbeddingInput.Text("a"));
    assertThat(read("{\"input\":[\"a\"]}").inputs()).containsExactly(new EmbeddingInput.Text("a"));
    assertThat(read("{\"input\":[1,2]}").inputs()).containsExactly(tokens);
    assertThat(read("{\"input\":[[1,2],[1,2]]}").inputs()).containsExactly(tokens, tokens);
  }

  @Test
  void nullIsNotGiven() {
    EmbeddingRequest request =
        read("{\"input\":\"a\",\"model\":null,\"dimensions\":null,\"encoding_format\":null}");
    assertThat(request.model()).isEmpty();
    assertThat(request.dimensions()).isEmpty();
    assertThat(request.base64()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{} | [body, input]",
        "[] | [body]",
        "{\"input\":[]} | [body, input]",
        "{\"input\":{}} | [body, input]",
        "{\"input\":[\"a\",1]} | [body, input, 1]",
        "{\"input\":[1,\"a\"]} | [body, input, 1]",
        "{\"input\":\"a\",\"model\":1} | [body, model]",
        "{\"input\":\"a\",\"dimensions\":\"x\"} | [body, dimensions]",
        "{\"input\":\"a\",\"encoding_format\":\"int8\"} | [body, encoding_format]",
        "{\"input\": | [body, 9]",
      })
  void whatIsWrongIsToldWithItsPlace(String body, String place) {
    RequestFaultsException faults =
        catchThrowableOfType(RequestFaultsException.class, () -> read(body));
    assertThat(faults.faults().getFirst().loc().toString()).isEqualTo(place);
  }
}
