package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The example of a provider leaves nothing behind when it is taken out.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExampleUnloadTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void itsClassesAreCollectedAndItsThreadsEnd() throws Exception {
    Path built = ExampleBuild.plugins();
    try (ScriptedUpstream anthropic = ScriptedUpstream.start()) {
      anthropic.onRequest(ExampleUnloadTest::answer);
      WeakReference<ClassLoader> loader = useAndUnload(built, anthropic);

      assertThat(PluginThreads.leftAfter(SOON)).isEmpty();
      anthropic.awaitConnectionsOpen(0, SOON);
      long deadline = System.nanoTime() + SOON.toNanos();
      while (loader.get() != null && System.nanoTime() < deadline) {
        System.gc();
      }
      assertThat(loader.get()).as("the plugin's class loader").isNull();
    }
  }

  private static WeakReference<ClassLoader> useAndUnload(Path built, ScriptedUpstream anthropic) {
    String yaml =
        """
        providers:
          llm:
            default: claude
            backends:
              claude:
                backend: com.example.anthropic.AnthropicProvider
                config: {base_url: "%s", api_key: k}
                retry: {max_attempts: 1}
        """
            .formatted(anthropic.uri());
    LoadedConfig loaded = ConfigLoader.parse(yaml, "test.yaml", Map.of(), Path.of(""));
    try (Plugins plugins = Plugins.load(built);
        Gateway gateway =
            loaded
                .config()
                .flatMap(config -> Gateway.open(config, plugins, loaded.problems()))
                .orElseThrow(() -> new AssertionError(loaded.problems().report()))) {
      new PluginUse(gateway).everything();
      return new WeakReference<>(
          plugins.find("com.example.anthropic.AnthropicProvider").classLoader());
    }
  }

  /// The model that is asked for says what happens.
  private static Script answer(RecordedRequest request) {
    if (request.method().equals("GET")) {
      return AnthropicWords.MODELS;
    }
    return switch (NativeClient.json(request.bodyText()).path("model").asText()) {
      case "endless" -> AnthropicWords.BEGINS.then(new Step.Stall());
      case "refused" -> AnthropicWords.OVERLOADED;
      case "cut" -> AnthropicWords.BEGINS.then(new Step.Close());
      default -> AnthropicWords.says("Hello");
    };
  }
}
