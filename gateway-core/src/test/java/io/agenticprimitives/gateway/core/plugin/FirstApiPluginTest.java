package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.core.BackendCall;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.EmbeddingsCall;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A jar that was compiled when plugin API 1 began still works. It is never built again: if it does
/// not load or run any more, neither do the jars of others.
class FirstApiPluginTest {
  private static final String CONFIG =
      """
      providers:
        llm:
          backend: example.first.FirstApiProvider
          config:
            greeting: Good day
            api_key: a-key
            mood: curt
            nested: {number: 8}
            texts: [one, two]
            secrets: {first: secret}
          retry: {max_attempts: 1}
      """;

  @TempDir private Path directory;
  private Plugins plugins;
  private Gateway gateway;

  @BeforeEach
  void open() throws Exception {
    try (InputStream jar =
        Objects.requireNonNull(getClass().getResourceAsStream("/first-api/first-api.jar"))) {
      Files.copy(jar, directory.resolve("first-api.jar"));
    }
    plugins = Plugins.load(directory);
    LoadedConfig loaded = ConfigLoader.parse(CONFIG, "test.yaml", Map.of(), directory);
    gateway =
        loaded
            .config()
            .flatMap(config -> Gateway.open(config, plugins, loaded.problems()))
            .orElseThrow(
                () -> new AssertionError(loaded.problems().report() + plugins.descriptions()));
  }

  @AfterEach
  void close() {
    gateway.close();
    plugins.close();
  }

  private Completion ask(CompletionRequest request) {
    try (BackendCall call = gateway.complete(request, CallOptions.of("first"))) {
      return call.pulling(() -> Completion.of(call));
    }
  }

  private static CompletionRequest request(String model) {
    return new CompletionRequest(
        model,
        List.of(new Message.User(List.of(ContentBlock.Text.of("everybody")), Extras.NONE)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Sampling.UNSET,
        Delivery.STREAMED,
        Extras.NONE);
  }

  @Test
  void itAnswers() {
    Completion answer = ask(request(""));

    assertThat(answer.model()).isEqualTo("first");
    assertThat(answer.toString()).contains("Good day everybody", "think", "look_up");
    assertThat(answer.stopReason()).isEqualTo(StopReason.TOOL_USE);
    assertThat(answer.usage().inputTokens()).hasValue(3);
  }

  @Test
  void itRefuses() {
    assertThatThrownBy(() -> ask(request("refuse")))
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
              assertThat(failure.retryAfter()).isPresent();
            });
  }

  @Test
  void itListsModelsMakesVectorsAndTellsItsHealth() {
    assertThat(gateway.models(CallOptions.of("first")).models())
        .extracting(ModelInfo::name)
        .containsExactly("first");
    try (EmbeddingsCall call =
        gateway.embed(Calls.embeddingRequest("v"), CallOptions.of("first"))) {
      assertThat(call.await().model()).isEqualTo("v");
    }
    assertThat(gateway.readiness().ready()).isTrue();
    assertThat(gateway.readiness().checks().values()).doesNotContain("down", "timeout");
  }
}
