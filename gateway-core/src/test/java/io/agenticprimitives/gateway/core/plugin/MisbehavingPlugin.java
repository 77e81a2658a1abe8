package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A gateway with a plugin that does what its configuration says, in the place that it says. What
/// blocks ignores `close()` and interrupts until it is released.
final class MisbehavingPlugin implements AutoCloseable {
  private static final String NAME = "com.example.bad.BadProvider";
  private static final String RELEASED = "com.example.bad.released";

  private static final String BLOCKS = "com.example.bad.blocks";

  private static final String SOURCE =
      """
      package com.example.bad;

      import io.agenticprimitives.gateway.api.*;
      import io.agenticprimitives.gateway.api.config.*;
      import io.agenticprimitives.gateway.api.llm.*;
      import java.util.List;
      import java.util.concurrent.locks.LockSupport;

      public class BadProvider implements LlmProvider<BadProvider.Config> {
        public record Config(@Default("") String where, @Default("") String how) {}

        static void act(Config config, String where) {
          if (where.equals(config.where())) {
            switch (config.how()) {
              case "exception" -> throw new IllegalStateException("inside");
              case "checked" -> BadProvider.<RuntimeException>sneak(new java.io.IOException("inside"));
              case "error" -> throw new Error("inside");
              case "assertion" -> throw new AssertionError("inside");
              case "linkage" -> throw new NoClassDefFoundError("inside");
              case "recursion" -> act(config, where, 1);
              case "block" -> block();
              default -> {}
            }
          }
        }

        static int act(Config config, String where, int depth) {
          return act(config, where, depth + 1) + 1;
        }

        @SuppressWarnings("unchecked")
        static <X extends Throwable> void sneak(Throwable failure) throws X {
          throw (X) failure;
        }

        static void block() {
          if (System.getProperties().get("com.example.bad.blocks")
              instanceof java.util.concurrent.CountDownLatch entered) {
            entered.countDown();
          }
          while (!Boolean.getBoolean("com.example.bad.released")) {
            Thread.interrupted();
            LockSupport.parkNanos(10_000_000);
          }
        }

        @Override
        public Class<Config> configType() {
          return Config.class;
        }

        @Override
        public LlmBackend open(Config config, BackendContext context) {
          act(config, "open");
          return new LlmBackend() {
            @Override
            public EventStream stream(CompletionRequest request, CallContext call) {
              act(config, "stream");
              EventStream good =
                  EventStream.of(
                      List.of(
                          new StreamEvent.Started("bad"),
                          new StreamEvent.TextDelta("Hello"),
                          new StreamEvent.Finished(StopReason.END_TURN, "", Usage.UNKNOWN)));
              return new EventStream() {
                int given;

                @Override
                public StreamEvent next() {
                  act(config, given++ == 0 ? "next" : "second");
                  return good.next();
                }

                @Override
                public void close() {
                  act(config, "close-stream");
                }
              };
            }

            @Override
            public List<ModelInfo> models(CallContext call) {
              act(config, "models");
              return List.of(ModelInfo.of("bad"));
            }

            @Override
            public Health health(CallContext call) {
              act(config, "health");
              return Health.OK;
            }

            @Override
            public void close() {
              act(config, "close");
            }
          };
        }
      }
      """;

  private final Plugins plugins;
  private final Gateway gateway;

  private MisbehavingPlugin(Plugins plugins, Gateway gateway) {
    this.plugins = plugins;
    this.gateway = gateway;
  }

  static TestPlugin source() {
    System.clearProperty(RELEASED);
    return TestPlugin.named("bad").source(NAME, SOURCE).service(NAME);
  }

  /// A gateway with a backend `bad` and another one of the same plugin, `good`, that works.
  static MisbehavingPlugin open(Path directory, String where, String how) throws IOException {
    if (Files.notExists(directory.resolve("bad.jar"))) {
      source().jar(directory);
    }
    Plugins plugins = Plugins.load(directory);
    LoadedConfig loaded = ConfigLoader.parse(config(where, how), "test.yaml", Map.of(), directory);
    Gateway gateway =
        loaded
            .config()
            .flatMap(config -> Gateway.open(config, plugins, loaded.problems()))
            .orElseThrow(() -> new AssertionError(loaded.problems().report()));
    return new MisbehavingPlugin(plugins, gateway);
  }

  static String config(String where, String how) {
    return """
    providers:
      llm:
        default: good
        backends:
          good: {backend: com.example.bad.BadProvider}
          bad:
            backend: com.example.bad.BadProvider
            config: {where: %s, how: %s}
            timeouts: {connect: 300ms, first_event: 300ms, idle: 300ms, total: 2s}
            retry: {max_attempts: 1}
    """
        .formatted(where, how);
  }

  Gateway gateway() {
    return gateway;
  }

  static CallOptions bad() {
    return new CallOptions("test", Optional.of("bad"), Optional.empty(), Map.of(), false);
  }

  ClassLoader classLoader() {
    return plugins.find(NAME).classLoader();
  }

  /// How many threads the plugin keeps.
  int abandoned() {
    return Objects.requireNonNull(gateway.load().get("llm/bad")).abandoned();
  }

  /// Opens when the plugin blocks; both sides know it by the JDK alone.
  static CountDownLatch blocks() {
    CountDownLatch entered = new CountDownLatch(1);
    System.getProperties().put(BLOCKS, entered);
    return entered;
  }

  static void release() {
    System.getProperties().remove(BLOCKS);
    System.setProperty(RELEASED, "true");
  }

  @Override
  public void close() {
    release();
    gateway.close();
    plugins.close();
  }
}
