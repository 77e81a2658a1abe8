package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Configuration that cannot work says which key is wrong.
class AnthropicConfigTest {

  private static AnthropicConfig config(String url, int maxTokens, String... betas) {
    return new AnthropicConfig(
        URI.create(url), Optional.empty(), Optional.empty(), maxTokens, List.of(betas));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example/x", "https://a.example/x/", "https://a.example/x/v1/"})
  void theVersionMayBeLeftOut(String url) {
    assertThat(config(url, 1).baseUrl()).hasToString("https://a.example/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api.anthropic.com", "ftp://a", "https:///v1", "https://u:p@a", "http://a?b"})
  void otherAddressesAreRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(url, 1))
        .withMessageContaining("base_url");
  }

  @Test
  void limitsAndBetasAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("https://a", 0))
        .withMessageContaining("max_tokens");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("https://a", 1, "a\nb"))
        .withMessageContaining("betas");
  }
}
