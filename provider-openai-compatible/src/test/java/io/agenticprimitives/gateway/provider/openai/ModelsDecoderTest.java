package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsDecoderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"object\":\"list\",\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}",
        "\n [{\"id\":\"a\"},{\"id\":\"b\"}]",
        "\uFEFF{\"models\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
        "{\"models\":[{\"name\":\"wrong\"}],\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}",
        "[\"a\",\"b\"]",
        "{\"data\":[{\"model\":\"a\"},{\"id\":null,\"name\":\"b\"},{\"id\":7},null,{},[]]}"
      })
  void listsOfEveryFormAreRead(String body) {
    assertThat(ModelsDecoder.decode(Answer.stream(body), _ -> {}))
        .extracting(ModelInfo::name)
        .containsExactly("a", "b");
  }

  @Test
  void whatElseTheUpstreamSaysIsKept() {
    String body =
        "{\"data\":[{\"id\":\"a\",\"name\":\"A\",\"created\":1,\"pricing\":{\"prompt\":0.0000030},\"x\":null}]}";
    assertThat(ModelsDecoder.decode(Answer.stream(body), _ -> {}))
        .containsExactly(
            new ModelInfo(
                "a",
                new Extras(
                    Map.of(
                        "name", new JsonText("\"A\""),
                        "created", new JsonText("1"),
                        "pricing", new JsonText("{\"prompt\":0.0000030}"),
                        "x", JsonText.NULL))));
  }

  @Test
  void noModelsAreAnEmptyList() {
    for (String body : List.of("{\"data\":[]}", "[]", "{\"object\":\"list\",\"data\":null}")) {
      assertThat(ModelsDecoder.decode(Answer.stream(body), _ -> {})).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "<html></html>",
        "{}",
        "7",
        "{\"data\":7}",
        "{\"data\":[",
        "{\"data\":[]}x"
      })
  void whatIsNoListIsAFailure(String body) {
    assertThatThrownBy(() -> ModelsDecoder.decode(Answer.stream(body), _ -> {}))
        .isInstanceOf(BackendException.class);
  }

  @Test
  void anErrorUnderAGoodStatusIsAFailure() {
    assertThatThrownBy(
            () ->
                ModelsDecoder.decode(
                    Answer.stream("{\"error\":{\"message\":\"no\",\"code\":401}}"), _ -> {}))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("no");
  }

  @Test
  void anEndlessListIsAFailure() {
    assertThatThrownBy(
            () ->
                ModelsDecoder.decode(
                    RepeatedBody.of("[", "{\"id\":\"a\"},", Long.MAX_VALUE, ""), _ -> {}))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("16 MiB");
  }
}
