package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin that keeps every thread for ever, or ends the process, in a gateway that runs.
class MisbehavingPluginTest {
  private static final String SOURCE =
      """
      package com.example.stuck;

      import io.agenticprimitives.gateway.api.*;
      import io.agenticprimitives.gateway.api.llm.*;
      import java.util.List;
      import java.util.concurrent.CountDownLatch;

      public final class StuckProvider implements LlmProvider<StuckProvider.Config> {
        public record Config() {}

        static void block() {
          while (true) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException ignored) {
            }
          }
        }

        @Override
        public Class<Config> configType() {
          return Config.class;
        }

        @Override
        public LlmBackend open(Config config, BackendContext context) {
          return new LlmBackend() {
            @Override
            public EventStream stream(CompletionRequest request, CallContext call) {
              if (request.model().equals("exit")) {
                System.exit(7);
              }
              return new EventStream() {
                private int given;

                @Override
                public StreamEvent next() {
                  if (given > 1 || request.model().equals("silent")) {
                    block();
                  }
                  return given++ == 0
                      ? new StreamEvent.Started("stuck")
                      : new StreamEvent.TextDelta("Hello");
                }

                @Override
                public void close() {
                  block();
                }
              };
            }

            @Override
            public List<ModelInfo> models(CallContext call) {
              block();
              return List.of();
            }

            @Override
            public void close() {
              block();
            }
          };
        }
      }
      """;

  @TempDir Path directory;
  private GatewayProcess gateway;
  private NativeClient client;

  @BeforeEach
  void start() throws Exception {
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    new SourcePlugin("com.example.stuck.StuckProvider", SOURCE)
        .build(directory, plugins.resolve("stuck.jar"));
    Path config =
        Files.writeString(
            directory.resolve("gateway.yaml"),
            """
            providers:
              llm:
                backend: com.example.stuck.StuckProvider
                timeouts: {first_event: 500ms, idle: 500ms, total: 4s}
                retry: {max_attempts: 1}
            """);
    gateway =
        GatewayProcess.start(
            Map.of(), directory, "--config", config.toString(), "--plugins", plugins.toString());
    client = new NativeClient(gateway.uri());
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  private static String body(String model) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
        .formatted(model);
  }

  @Test
  void callersAreAnsweredAndTheGatewayStops() throws Exception {
    HttpResponse<String> whole = client.complete(body("silent"));
    assertThat(whole.statusCode()).isEqualTo(504);
    assertThat(whole.body()).contains("did not finish within 4 s");

    assertThat(client.stream(body("silent")).statusCode()).isEqualTo(504);

    List<JsonNode> events = NativeClient.events(client.stream(body("started")).body());
    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactly("content_delta", "error", "message_stop");
    assertThat(events.get(1).path("status").asInt()).isEqualTo(504);
    assertThat(events.get(1).path("detail").asText()).contains("fell silent");
    assertThat(client.get("/api/v1/llm/models").statusCode()).isEqualTo(504);

    assertThat(gateway.output())
        .contains("The provider of backend 'default' keeps a thread although its call is over")
        .contains("com.example.stuck.StuckProvider.block");
    assertThat(client.get("/metrics").body())
        .contains("gateway_backend_calls_abandoned{primitive=\"llm\",provider=\"default\"}");
    assertThat(gateway.stop()).isZero();
  }

  @Test
  void whoeverEndsTheProcessIsNamed() throws Exception {
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    client.complete(body("exit"));
                  } catch (IllegalStateException gone) {
                    // The process may end before it answers.
                  }
                });
    gateway.awaitOutput("Plugin 'stuck' ends the gateway");
    assertThat(gateway.output()).contains("StuckProvider").contains("calls System.exit in thread");
    asking.interrupt();
  }
}
