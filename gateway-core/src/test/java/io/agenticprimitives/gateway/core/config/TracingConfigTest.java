package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingConfigTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost:4318", "grpc://collector:4317", "http://", "a b", "true"})
  void whatIsNoAddressOfACollectorIsSaidSo(String endpoint) {
    assertThat(Configs.problems("tracing: {endpoint: '" + endpoint + "'}"))
        .singleElement()
        .asString()
        .startsWith("1: tracing.endpoint")
        .contains("expected the address of an OTLP collector", endpoint);
  }

  @Test
  void theValueOfAVariableIsNotShown() {
    String text = "tracing: {endpoint: '${COLLECTOR}'}\n" + Configs.MINIMAL;
    Map<String, String> environment = Map.of("COLLECTOR", "name:secret@collector");
    assertThat(Configs.load(text, environment).problems().report())
        .contains("found the value of ${COLLECTOR}")
        .doesNotContain("secret");
  }

  @Test
  void withoutAnAddressNothingIsTraced() {
    assertThat(Configs.valid(Configs.MINIMAL).tracing()).isEqualTo(TracingConfig.DEFAULT);
    assertThat(Configs.valid("tracing:").tracing()).isEqualTo(TracingConfig.DEFAULT);
  }
}
