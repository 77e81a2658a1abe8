package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The list of models, and what it says of the upstream's health.
class ModelsTest {
  private final ProviderUnderTest provider = new ProviderUnderTest();

  @AfterEach
  void close() {
    provider.close();
  }

  private static Script page(String id, boolean more) {
    return Script.json(
        200,
        """
        {"data":[{"id":"%s","type":"model","display_name":"M"}],"has_more":%s,"last_id":"%s"}\
        """
            .formatted(id, more, id));
  }

  private BackendException failure(Script script) {
    provider.upstream.enqueue(script);
    return catchThrowableOfType(
        BackendException.class, () -> provider.backend.models(provider.call));
  }

  @Test
  void allPagesAreRead() {
    provider.upstream.enqueue(page("a b", true), page("c", false));
    List<ModelInfo> models = provider.backend.models(provider.call);

    assertThat(models).extracting(ModelInfo::name).containsExactly("a b", "c");
    assertThat(models.getFirst().extras().fields()).containsOnlyKeys("type", "display_name");
    assertThat(provider.sent().target()).isEqualTo("/v1/models?limit=1000");
    assertThat(provider.sent().target()).isEqualTo("/v1/models?limit=1000&after_id=a+b");
  }

  @Test
  void aListThatDoesNotEndIsGivenUp() {
    provider.upstream.on("GET", "/v1/models", page("a", true));

    assertThat(
            catchThrowableOfType(
                    BackendException.class, () -> provider.backend.models(provider.call))
                .kind())
        .isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void failuresAreTold() {
    assertThat(failure(Script.json(429, "{}")).kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(failure(Script.json(200, "{}")).kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(failure(Script.bytes(200, "text/html", "<p>".getBytes())).kind())
        .isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    // The client itself asks a second time.
    provider.upstream.on("GET", "/v1/models", Script.of(new Step.Close()));
    assertThat(failure(page("a", false)).kind()).isEqualTo(ErrorKind.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({"200,OK", "404,REACHABLE", "429,REACHABLE", "401,DOWN", "500,DOWN"})
  void healthIsWhatTheListSays(int status, Health.Status health) {
    provider.upstream.enqueue(
        status == 200 ? page("a", true) : Script.json(status, "{\"error\":{\"message\":\"No\"}}"));

    assertThat(provider.backend.health(provider.call).status()).isEqualTo(health);
    assertThat(provider.sent().target()).isEqualTo("/v1/models?limit=1");
  }
}
