package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The model `x/y:free` does not exist, see https://platform.openai.com/docs/errors.",
        "line 1 column 391: messages[0]: unknown variant `image_url`",
        "Bearer authentication is required; Basic realm",
        "cost 0.5, version 1.2.3, tool functions.add:0, model llama3.1:8b, 12:30:45",
        "Kein Zugriff: \u00FC\u00E9\u4E2D \uD83D\uDE00",
        "use the task-force sk- prefix"
      })
  void ordinaryWordsStay(String text) {
    assertThat(UpstreamText.sanitised(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key sk-proj-abc123DEF456 bad | key [secret removed] bad",
        "key sk-abcd****wxyz. bad | key [secret removed] bad",
        "gsk_abcdefgh12345678 | [secret removed]",
        "Authorization: Bearer abc.DEF-123 | Authorization: Bearer [secret removed]",
        "bearer canary-secret-value | bearer [secret removed]",
        "{'api_key': 'hunter2hunter2'} | {'api_key': '[secret removed]'}",
        "?api-key=hunter2hunter2&x=1 | ?api-key=[secret removed]",
        "AKIAIOSFODNN7EXAMPLE | [secret removed]",
        "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sig | [secret removed]"
      })
  void whatLooksLikeAKeyIsReplaced(String text, String expected) {
    assertThat(UpstreamText.sanitised(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at http://10.0.0.7:8000/v1/x now | at [address removed] now",
        "at https://vllm.prod.svc.cluster.local/x. | at [address removed].",
        "at https://user:pw@example.org/x | at [address removed]",
        "at https://api.acme.com:8443/x | at [address removed]",
        "at http://api.openai.com/x | at [address removed]",
        "at grpc://worker/x | at [address removed]",
        "at https://openrouter.ai/settings?key=abc#x) | at https://openrouter.ai/settings)",
        "dial tcp 10.0.3.4:8080: refused | dial tcp [address removed]: refused",
        "host 192.168.1.2 | host [address removed]",
        "localhost:11434 | [address removed]",
        "vllm.default.svc:8000 | [address removed]",
        "[fd00::1]:80 | [address removed]"
      })
  void addressesThatNoReaderCanFollowAreReplaced(String text, String expected) {
    assertThat(UpstreamText.sanitised(text)).isEqualTo(expected);
  }

  @Test
  void controlsAndFormattingGoAndWhiteSpaceIsOneSpace() {
    assertThat(
            UpstreamText.sanitised("  a\r\n\tb\u0000\u001B[1m\u202Ec\u200B\uD800d\u2028e\uE000  "))
        .isEqualTo("a b[1mcd e");
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    assertThat(UpstreamText.sanitised("\uD83D\uDE00".repeat(5000), 10))
        .isEqualTo("\uD83D\uDE00".repeat(4) + "\u2026");
    assertThat(UpstreamText.sanitised("x".repeat(100_000))).hasSize(UpstreamText.MAX_MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.",
        "a:",
        "http://",
        "sk-",
        "1.",
        "eyJ",
        "Bearer ",
        "api_key=",
        "[::",
        "https://a."
      })
  void noTextTakesLong(String pattern) {
    String text = pattern.repeat(100_000 / pattern.length());
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(UpstreamText.sanitised(text)).isNotNull());
  }
}
