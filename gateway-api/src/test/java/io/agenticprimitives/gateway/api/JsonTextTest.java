package io.agenticprimitives.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        " false ",
        "0",
        "-0",
        "-1.5e+10",
        "1E9",
        "\"\"",
        "\"\\u00e9\\n\\/\"",
        "[]",
        "{}",
        "[1,[2,{\"a\":[]}],\"x\"]",
        "{\"a\":{\"b\":null},\"a\":2}",
        "\t\r\n{ \"a\" : [ 1 , 2 ] }\n"
      })
  void acceptsWhatTheStandardCallsAValue(String text) {
    assertThat(JsonText.isValid(text)).isTrue();
    assertThat(new JsonText(text).toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "True",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "NaN",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u00g0\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{} {}",
        "[",
        "{",
        "]"
      })
  void refusesWhatTheStandardDoesNot(String text) {
    assertThat(JsonText.isValid(text)).isFalse();
    assertThatThrownBy(() -> new JsonText(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not JSON: ")
        .hasMessageContaining(" at character ");
  }

  @Test
  void isBoundedInDepth() {
    String deepest = "[".repeat(JsonText.MAX_DEPTH) + "]".repeat(JsonText.MAX_DEPTH);
    assertThat(JsonText.isValid(deepest)).isTrue();
    assertThatThrownBy(() -> new JsonText("[" + deepest + "]"))
        .hasMessageContaining("nested deeper than 512");
    assertThat(JsonText.isValid("{\"a\":".repeat(1_000_000))).isFalse();
  }

  @Test
  void neverThrowsAnythingElse() {
    String alphabet = "[]{}\",:0123456789.eE+-truefalsn\\u \n\u00e9";
    Random random = new Random(7);
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      boolean valid = JsonText.isValid(text.toString());
      // A valid value stays valid inside an array.
      String wrapped = "[" + text + "]";
      assertThat(JsonText.isValid(wrapped) || !valid).as("%s", text).isTrue();
    }
  }
}
