package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.config.Secret;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Providers that give something else than they promise.
class ContractTest {
  private static final String NAME = "com.example.SomeProvider";
  private static final String CANNOT_BE_USED =
      "Provider com.example.SomeProvider of plugin 'some' cannot be used: ";

  @TempDir private Path directory;

  private static TestPlugin some(ProviderSource source) {
    return TestPlugin.named("some").provider(source);
  }

  @Test
  void aMissingTypeOfTheConfiguration() throws Exception {
    String missing = "com.example.Gone";
    String source =
        ProviderSource.of(NAME)
            .text()
            .replace("Config(String text)", "Config(String text, Gone gone)");

    Opening.assertThatOpening(
            directory,
            TestPlugin.named("some")
                .source(NAME, source)
                .source(missing, "package com.example; public class Gone {}")
                .service(NAME)
                .without(missing))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(
            CANNOT_BE_USED
                + "it cannot tell its configuration type: class com.example.Gone is missing.");
  }

  @Test
  void noBackend() throws Exception {
    String source =
        ProviderSource.of(NAME).text().replace("return new Telling(config.text())", "return null");

    Opening.assertThatOpening(
            directory, TestPlugin.named("some").source(NAME, source).service(NAME))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED + "it opened no LlmBackend. The plugin's authors must correct that.");
  }

  @Test
  void noConfigurationType() throws Exception {
    String source = ProviderSource.of(NAME).text().replace("return Config.class", "return null");

    Opening.assertThatOpening(
            directory, TestPlugin.named("some").source(NAME, source).service(NAME))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "its configuration type (null) is no record. The plugin's authors must correct"
                + " that.");
  }

  @Test
  void aConfigurationTypeThatIsNoRecord() throws Exception {
    String source =
        ProviderSource.of(NAME)
            .text()
            .replace("return Config.class", "return (Class) String.class");

    Opening.assertThatOpening(
            directory, TestPlugin.named("some").source(NAME, source).service(NAME))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("its configuration type (class java.lang.String) is no record.");
  }

  @Test
  void whatAProviderSaysIsToldWithoutTheSecretsThatItQuotes() throws Exception {
    String source =
        ProviderSource.of(NAME)
            .text()
            .replace(
                "Config(String text)", "Config(io.agenticprimitives.gateway.api.config.Secret key)")
            .replace("config.text()", "fail(config)");
    String code =
        """
        static String fail(Config config) {
          String key = config.key().value();
          throw key.startsWith("a")
              ? new IllegalArgumentException("The key " + key + " is wrong")
              : new IllegalStateException("The key " + key + " is wrong");
        }
        public record Config(
        """;
    TestPlugin.named("some")
        .source(NAME, source.replaceFirst("public record Config\\(", code))
        .service(NAME)
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find(NAME);
      for (String key : List.of("a-key-1234", "other-1234")) {
        Record config =
            provider.configType().getConstructor(Secret.class).newInstance(new Secret(key));
        assertThatThrownBy(() -> provider.open(config, Opening.CONTEXT))
            .hasMessageContaining("The key ******** is wrong")
            .hasMessageNotContaining(key);
      }
    }
  }

  @Test
  void aConfigurationOfAnotherType() throws Exception {
    some(ProviderSource.of(NAME)).build(directory);
    record Other() {}

    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find(NAME);
      assertThatThrownBy(() -> provider.open(new Other(), Opening.CONTEXT))
          .isInstanceOf(PluginException.class)
          .hasMessageStartingWith(
              CANNOT_BE_USED
                  + "it is configured with a com.example.SomeProvider$Config, not with a ");
    }
  }
}
