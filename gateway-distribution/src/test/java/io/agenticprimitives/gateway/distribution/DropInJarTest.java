package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stranger's jar, built with nothing but the API, is dropped in and answers.
class DropInJarTest {
  private static final String SOURCE =
      """
      package com.example.greeting;

      import io.agenticprimitives.gateway.api.BackendContext;
      import io.agenticprimitives.gateway.api.CallContext;
      import io.agenticprimitives.gateway.api.config.Default;
      import io.agenticprimitives.gateway.api.llm.*;
      import java.util.List;

      public final class GreetingProvider implements LlmProvider<GreetingProvider.Config> {
        public record Config(@Default("Hello") String greeting) {}

        @Override
        public Class<Config> configType() {
          return Config.class;
        }

        @Override
        public LlmBackend open(Config config, BackendContext context) {
          return new LlmBackend() {
            @Override
            public EventStream stream(CompletionRequest request, CallContext call) {
              return EventStream.of(
                  List.of(
                      new StreamEvent.Started("greeter"),
                      new StreamEvent.TextDelta(config.greeting()),
                      new StreamEvent.Finished(StopReason.END_TURN, "", Usage.UNKNOWN)));
            }

            @Override
            public List<ModelInfo> models(CallContext call) {
              return List.of(ModelInfo.of("greeter"));
            }

            @Override
            public void close() {}
          };
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void aJarBuiltAgainstTheApiAloneAnswers() throws Exception {
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    new SourcePlugin("com.example.greeting.GreetingProvider", SOURCE)
        .build(directory, plugins.resolve("greeting.jar"));
    Path config =
        Files.writeString(
            directory.resolve("gateway.yaml"),
            """
            providers:
              llm:
                backend: com.example.greeting.GreetingProvider
                config: {greeting: Good day}
            """);

    try (GatewayProcess gateway =
            GatewayProcess.start(
                Map.of(),
                directory,
                "--config",
                config.toString(),
                "--plugins",
                plugins.toString());
        NativeClient client = new NativeClient(gateway.uri())) {
      Answer answer = Answer.whole(client.complete("{\"messages\":[]}"));
      assertThat(answer.text()).isEqualTo("Good day");
      assertThat(client.get("/api/v1/llm/models").body()).contains("greeter");
    }
  }
}
