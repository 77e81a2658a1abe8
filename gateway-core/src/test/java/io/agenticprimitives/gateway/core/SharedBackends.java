package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.core.plugin.TestPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/// A plugin whose backends are made by a test; the way across is a system property.
final class SharedBackends implements AutoCloseable {
  static final String PROVIDER = "com.example.shared.SharedProvider";

  private static final String PROPERTY = "shared-backends";

  /// @param plugins the directory to build the plugin in
  SharedBackends(Path plugins, Function<String, LlmBackend> maker) throws IOException {
    System.getProperties().put(PROPERTY, maker);
    TestPlugin.named("shared").source(PROVIDER, SOURCE).service(PROVIDER).jar(plugins);
  }

  @Override
  public void close() {
    System.getProperties().remove(PROPERTY);
  }

  private static final String SOURCE =
      """
      package com.example.shared;

      import io.agenticprimitives.gateway.api.*;
      import io.agenticprimitives.gateway.api.llm.*;
      import java.util.function.Function;

      public class SharedProvider implements LlmProvider<SharedProvider.Config> {
        public record Config(String text) {}

        @Override
        public Class<Config> configType() {
          return Config.class;
        }

        @Override
        @SuppressWarnings("unchecked")
        public LlmBackend open(Config config, BackendContext context) {
          Object maker = System.getProperties().get("shared-backends");
          return ((Function<String, LlmBackend>) maker).apply(config.text());
        }
      }
      """;
}
