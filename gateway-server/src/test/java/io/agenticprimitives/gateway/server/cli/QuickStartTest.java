package io.agenticprimitives.gateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.core.config.BackendConfig;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.config.PrimitiveConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuickStartTest {
  private static final Map<String, String> AWS =
      Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret");

  private final Map<Integer, Optional<String>> listening = new HashMap<>();
  private boolean bedrock = true;

  private QuickStart choose(Map<String, String> environment) {
    return QuickStart.choose(
        environment, provider -> bedrock || !provider.contains("bedrock"), this::ask);
  }

  private Optional<LocalModels> ask(URI address) {
    return Optional.ofNullable(listening.get(address.getPort())).map(LocalModels::new);
  }

  /// The text must be a configuration in which nothing is wrong.
  private GatewayConfig config(Map<String, String> environment) {
    LoadedConfig loaded =
        ConfigLoader.parse(choose(environment).yaml(), "quick start", environment, Path.of(""));
    assertThat(loaded.problems().report()).isEmpty();
    return loaded.config().orElseThrow();
  }

  private PrimitiveConfig llm(Map<String, String> environment) {
    return Objects.requireNonNull(config(environment).primitives().get("llm"));
  }

  private static String text(PrimitiveConfig llm, String backend, String key) {
    BackendConfig config = Objects.requireNonNull(llm.backends().get(backend));
    return ((Scalar) config.config().get(key).orElseThrow()).text();
  }

  @Test
  void withNothingThereIsEcho() {
    assertThat(llm(Map.of()).defaultBackend()).isEqualTo("echo");
    assertThat(llm(Map.of()).backends()).containsOnlyKeys("echo");
    assertThat(choose(Map.of()).notes()).containsExactly("echo (default): it needs nothing");
    assertThat(config(Map.of()).server().isLoopback()).isTrue();
  }

  @Test
  void aKeyOfOpenAiMakesItTheDefaultAndEchoStaysReachable() {
    Map<String, String> environment = Map.of("OPENAI_API_KEY", "sk-canary");
    PrimitiveConfig llm = llm(environment);
    assertThat(llm.defaultBackend()).isEqualTo("openai");
    assertThat(llm.backends()).containsOnlyKeys("openai", "echo");
    assertThat(text(llm, "openai", "base_url")).isEqualTo("https://api.openai.com");
    assertThat(text(llm, "openai", "api_key")).isEqualTo("sk-canary");
    assertThat(choose(environment).notes())
        .containsExactly("openai (default): OPENAI_API_KEY is set", "echo: it needs nothing");
    assertThat(choose(environment).yaml()).doesNotContain("canary");
  }

  @Test
  void anEmptyKeyIsNone() {
    assertThat(llm(Map.of("OPENAI_API_KEY", " ")).defaultBackend()).isEqualTo("echo");
  }

  @Test
  void theAddressOfOpenAiCanBeAnother() {
    Map<String, String> environment =
        Map.of("OPENAI_API_KEY", "sk", "OPENAI_BASE_URL", "http://proxy:9/v1");
    assertThat(text(llm(environment), "openai", "base_url")).isEqualTo("http://proxy:9/v1");
  }

  @Test
  void awsCredentialsMakeBedrockTheDefaultIfItIsInstalled() {
    assertThat(llm(AWS).defaultBackend()).isEqualTo("bedrock");
    assertThat(config(AWS).serverCredentials()).isEqualTo(ServerCredentials.FALLBACK);
    assertThat(llm(Map.of("AWS_PROFILE", "dev")).defaultBackend()).isEqualTo("bedrock");
    assertThat(llm(Map.of("AWS_ACCESS_KEY_ID", "id")).defaultBackend()).isEqualTo("echo");
    bedrock = false;
    assertThat(llm(AWS).backends()).containsOnlyKeys("echo");
    assertThat(config(AWS).serverCredentials()).isEqualTo(ServerCredentials.NEVER);
  }

  @Test
  void aModelServerOnThisMachineIsUsedWithItsFirstModel() {
    listening.put(11434, Optional.of("llama3:8b"));
    listening.put(1234, Optional.of("org/model"));
    PrimitiveConfig llm = llm(Map.of());
    assertThat(llm.defaultBackend()).isEqualTo("ollama");
    assertThat(text(llm, "ollama", "base_url")).isEqualTo("http://127.0.0.1:11434");
    assertThat(text(llm, "ollama", "default_model")).isEqualTo("llama3:8b");
    assertThat(text(llm, "lm-studio", "default_model")).isEqualTo("org/model");
    assertThat(choose(Map.of()).notes())
        .containsExactly(
            "ollama (default): Ollama answers on port 11434, model llama3:8b",
            "lm-studio: LM Studio answers on port 1234, model org/model",
            "echo: it needs nothing");
  }

  @Test
  void whatListensThereButListsNoModelsIsNotUsed() {
    listening.put(1234, Optional.empty());
    assertThat(llm(Map.of()).backends()).containsOnlyKeys("echo");
    assertThat(choose(Map.of()).notes())
        .contains("something listens on port 1234, but it lists no models; not used");
  }

  @Test
  void aNameThatCouldChangeTheConfigurationIsNotPutIntoIt() {
    listening.put(1234, Optional.of("${OPENAI_API_KEY}\"}\n"));
    assertThat(llm(Map.of()).backends()).containsOnlyKeys("echo");
  }

  @Test
  void everythingTogetherPrefersWhatTheOperatorPaidFor() {
    listening.put(11434, Optional.of("llama3"));
    Map<String, String> environment = new HashMap<>(AWS);
    environment.put("OPENAI_API_KEY", "sk");
    assertThat(llm(environment).defaultBackend()).isEqualTo("openai");
    assertThat(llm(environment).backends().keySet())
        .containsExactly("openai", "bedrock", "ollama", "echo");
  }
}
