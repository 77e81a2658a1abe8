package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import io.agenticprimitives.gateway.testkit.contract.UnloadContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// The example of a provider leaves nothing behind when it is taken out.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExampleUnloadTest extends UnloadContract {

  private static Path plugin;

  private ScriptedUpstream anthropic;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    plugin = ExampleBuild.plugins().resolve("anthropic");
  }

  @BeforeEach
  void start() throws IOException {
    anthropic = ScriptedUpstream.start();
    anthropic.onRequest(ExampleUnloadTest::answer);
  }

  @AfterEach
  void stop() {
    anthropic.close();
  }

  @Override
  protected Path plugin() {
    return plugin;
  }

  @Override
  protected String config() {
    return """
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
  }

  /// Each makes connections and reads all of its libraries.
  @Override
  protected int rounds() {
    return 8;
  }

  @Override
  protected void use(Gateway gateway) throws Exception {
    new PluginUse(gateway).everything();
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
