package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("base_url", "default_model", "api_key", "timeout", "log_level");

  @ParameterizedTest
  @CsvSource({
    "base_ulr, base_url",
    "baseUrl, base_url",
    "BASE-URL, base_url",
    "url, base_url",
    "apikey, api_key",
    "model, default_model",
    "tiemout, timeout",
    "loglevel, log_level"
  })
  void whatWasMeantIsSuggested(String written, String meant) {
    assertThat(NearestName.to(written, KNOWN)).contains(meant);
    assertThat(NearestName.hint(written, KNOWN)).isEqualTo("; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({"retries", "x", "''", "organization"})
  void whatIsFarFromAllNamesGetsTheList(String written) {
    assertThat(NearestName.hint(written, KNOWN))
        .isEqualTo("; known: base_url, default_model, api_key, timeout, log_level");
  }

  @Test
  void longNamesCostNothing() {
    String name = "x".repeat(1_000_000);

    assertThat(NearestName.to(name, List.of(name + "y"))).isEmpty();
  }
}
