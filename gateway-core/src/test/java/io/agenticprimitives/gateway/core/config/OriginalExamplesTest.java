package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The files of the original project's users load unchanged.
class OriginalExamplesTest {
  private static final String PROVIDER =
      "agentic_primitives_gateway.primitives.llm.openai_compatible.OpenAICompatibleProvider";

  private static final Map<String, String> ENVIRONMENT = Map.of("OPENAI_API_KEY", "sk-1: #'\"");

  record ProviderConfig(
      @Default("https://api.openai.com") URI baseUrl,
      @Default("") String defaultModel,
      Optional<Secret> apiKey) {}

  private static GatewayConfig example(String name, Map<String, String> environment)
      throws IOException {
    try (InputStream in = OriginalExamplesTest.class.getResourceAsStream(name + ".yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      LoadedConfig loaded = Configs.load(text, environment);
      assertThat(loaded.problems().report()).isEmpty();
      return loaded.config().orElseThrow();
    }
  }

  private static ProviderConfig bound(BackendConfig backend) {
    Problems problems = new Problems();
    return RecordBinder.bind(backend.config(), ProviderConfig.class, backend.configPath(), problems)
        .orElseThrow(() -> new AssertionError(problems.report()));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com, gpt-4o, sk-1: #'\"",
    "lm-studio, http://localhost:1234, '', ",
    "ollama, http://localhost:11434, llama3, ",
    "vllm, http://vllm-server:8000, meta-llama/Llama-3-8b-chat-hf, "
  })
  void oneBackend(String example, URI baseUrl, String model, String key) throws IOException {
    PrimitiveConfig llm = Configs.llm(example(example, ENVIRONMENT));

    assertThat(llm.defaultBackend()).isEqualTo("default");
    assertThat(llm.backends()).containsOnlyKeys("default");
    BackendConfig backend = Configs.backend(llm, "default");
    assertThat(backend.provider()).isEqualTo(PROVIDER);
    assertThat(backend.policy().timeouts()).isEqualTo(Timeouts.DEFAULT);
    assertThat(bound(backend))
        .isEqualTo(new ProviderConfig(baseUrl, model, Optional.ofNullable(key).map(Secret::new)));
  }

  @Test
  void twoBackends() throws IOException {
    PrimitiveConfig llm = Configs.llm(example("two-backends", ENVIRONMENT));

    assertThat(llm.defaultBackend()).isEqualTo("openai");
    assertThat(llm.backends()).containsOnlyKeys("openai", "local");
    assertThat(bound(Configs.backend(llm, "openai")).baseUrl())
        .isEqualTo(URI.create("https://api.openai.com"));
    assertThat(bound(Configs.backend(llm, "local")).baseUrl())
        .isEqualTo(URI.create("http://localhost:1234"));
  }

  @Test
  void aKeyThatIsNotSetLeavesTheConfigurationWhole() throws IOException {
    PrimitiveConfig llm = Configs.llm(example("two-backends", Map.of()));
    Problems problems = new Problems();
    BackendConfig openai = Configs.backend(llm, "openai");

    assertThat(
            RecordBinder.bind(openai.config(), ProviderConfig.class, openai.configPath(), problems))
        .isEmpty();
    assertThat(problems.onlyUnsetVariables()).isTrue();
    assertThat(problems.unsetVariables()).containsExactly("OPENAI_API_KEY");
    assertThat(problems.list().getFirst().path())
        .isEqualTo("providers.llm.backends.openai.config.api_key");
    assertThat(bound(Configs.backend(llm, "local")).apiKey()).isEmpty();
  }
}
