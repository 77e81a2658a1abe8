package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The first minutes of an operator: no configuration, then the original project's files, then
/// mistakes.
class StartTest {
  private static final String ORIGINAL =
      "agentic_primitives_gateway.primitives.llm.openai_compatible.OpenAICompatibleProvider";
  private static final String ANSWER =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}]}";

  @TempDir Path directory;

  @Test
  void withoutConfigurationEchoAnswersAtOnce() {
    long start = System.nanoTime();
    try (GatewayProcess gateway = GatewayProcess.start(Map.of(), directory);
        NativeClient client = new NativeClient(gateway.uri())) {
      HttpResponse<String> response =
          client.stream("{\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story\"}]}");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

      assertThat(response.headers().firstValue("Content-Type"))
          .contains("text/event-stream; charset=utf-8");
      assertThat(response.headers().firstValue("X-Gateway-Provider")).contains("echo");
      Answer answer = Answer.streamed(response);
      assertThat(answer.text()).isEqualTo("Tell me a story");
      assertThat(answer.stopReason().asText()).isEqualTo("end_turn");
      assertThat(answer.usage().path("output_tokens").asInt()).isEqualTo(4);
      assertThat(gateway.output()).contains("echo");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "OpenAI, 'https://api.openai.com', gpt-4o, '${OPENAI_API_KEY}'",
    "LM Studio, 'http://localhost:1234', '', ''",
    "Ollama, 'http://localhost:11434', llama3, ''",
    "vLLM, 'http://vllm-server:8000', meta-llama/Llama-3-8b-chat-hf, ''"
  })
  void theOriginalProjectsFilesStart(String name, String url, String model, String key)
      throws Exception {
    StringBuilder yaml =
        new StringBuilder("providers:\n  llm:\n    backend: \"" + ORIGINAL + "\"\n    config:\n");
    yaml.append("      base_url: \"").append(url).append("\"\n");
    yaml.append(model.isEmpty() ? "" : "      default_model: \"" + model + "\"\n");
    yaml.append(key.isEmpty() ? "" : "      api_key: \"" + key + "\"\n");
    Path file = Files.writeString(directory.resolve("seed.yaml"), yaml);

    try (GatewayProcess gateway =
            GatewayProcess.start(
                Map.of("OPENAI_API_KEY", "sk-test"), directory, "--config", file.toString());
        NativeClient client = new NativeClient(gateway.uri())) {
      JsonNode providers = NativeClient.json(client.get("/api/v1/providers").body());
      assertThat(providers.path("llm").path("default").asText()).isEqualTo("default");
    }
  }

  @Test
  void theOriginalProjectsTwoBackendsAreChosenByHeader() throws Exception {
    try (ScriptedUpstream openai = ScriptedUpstream.start();
        ScriptedUpstream local = ScriptedUpstream.start()) {
      openai.onRequest(_ -> Script.json(200, ANSWER));
      local.onRequest(_ -> Script.json(200, ANSWER.replace("Hello", "Local")));
      Path file =
          Files.writeString(
              directory.resolve("seed.yaml"),
              """
              providers:
                llm:
                  default: "openai"
                  backends:
                    openai:
                      backend: "%1$s"
                      config:
                        base_url: "%2$s"
                        default_model: "gpt-4o"
                        api_key: "${OPENAI_API_KEY}"
                    local:
                      backend: "%1$s"
                      config:
                        base_url: "%3$s"
              """
                  .formatted(ORIGINAL, openai.uri(), local.uri()));
      try (GatewayProcess gateway =
              GatewayProcess.start(
                  Map.of("OPENAI_API_KEY", "sk-test"), directory, "--config", file.toString());
          NativeClient client = new NativeClient(gateway.uri())) {
        String ask = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        assertThat(Answer.whole(client.complete(ask)).text()).isEqualTo("Hello");
        assertThat(Answer.whole(client.complete(ask, "X-Provider-LLM", "local")).text())
            .isEqualTo("Local");

        var request = openai.takeRequest(Duration.ofSeconds(5));
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.header("Authorization")).contains("Bearer sk-test");
        JsonNode sent = NativeClient.json(request.bodyText());
        assertThat(sent.path("model").asText()).isEqualTo("gpt-4o");
        assertThat(sent.has("temperature")).isFalse();
        HttpResponse<String> unknown = client.complete(ask, "X-Provider-LLM", "other");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body())
            .isEqualTo("{\"detail\":\"Unknown llm provider 'other'. Available: openai, local\"}");
      }
    }
  }

  @Test
  void aMissingVariableOfTheDefaultBackendRefusesTheStart() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("seed.yaml"),
            """
            providers:
              llm:
                backend: "%s"
                config: {api_key: "${OPENAI_API_KEY}"}
            """
                .formatted(ORIGINAL));
    GatewayProcess.Result result =
        GatewayProcess.run(Map.of(), directory, "--config", file.toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("OPENAI_API_KEY").contains("seed.yaml");
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlaceAndTheRightKey() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("wrong.yaml"),
            """
            servr: {port: 1}
            providers:
              llm:
                default: openia
                backends:
                  openai:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvidr
                    config: {}
                  local:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_ulr: "http://localhost", max_idle_connections: many}
            """);
    GatewayProcess.Result result =
        GatewayProcess.run(Map.of(), directory, "check", file.toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .contains("wrong.yaml:1")
        .contains("server")
        .contains("openia")
        .contains("OpenAICompatibleProvider")
        .contains("providers.llm.backends.local.config.base_ulr")
        .contains("base_url")
        .contains("max_idle_connections")
        .doesNotContain("Exception");
  }

  @Test
  void theInstalledPluginsAreListedWithTheirKeys() throws Exception {
    GatewayProcess.Result result = GatewayProcess.run(Map.of(), directory, "plugins");
    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider")
        .contains("io.agenticprimitives.gateway.provider.echo.EchoProvider")
        .contains("base_url")
        .contains("https://api.openai.com");
  }

  @Test
  void theEffectiveConfigurationHidesSecrets() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("gateway.yaml"),
            """
            providers:
              llm:
                backend: "%s"
                config: {api_key: "${OPENAI_API_KEY}"}
            """
                .formatted(ORIGINAL));
    GatewayProcess.Result result =
        GatewayProcess.run(
            Map.of("OPENAI_API_KEY", "sk-canary"), directory, "config", file.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("base_url: \"https://api.openai.com\"")
        .doesNotContain("sk-canary");
  }

  @Test
  void itStopsWhenItIsAsked() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(Map.of(), directory)) {
      assertThat(gateway.stop()).isZero();
    }
  }

  @Test
  void aPortInUseIsSaidInASentence() throws Exception {
    try (GatewayProcess first = GatewayProcess.start(Map.of(), directory)) {
      GatewayProcess.Result second =
          GatewayProcess.run(Map.of(), directory, "--port", String.valueOf(first.uri().getPort()));
      assertThat(second.exitCode()).isNotZero();
      assertThat(second.output()).contains("port " + first.uri().getPort()).doesNotContain("\tat ");
      assertThat(List.of(first.process().isAlive())).containsExactly(true);
    }
  }
}
