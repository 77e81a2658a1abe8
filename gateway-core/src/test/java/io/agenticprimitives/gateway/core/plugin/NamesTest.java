package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// By which names providers are found, and what is said if they are not.
class NamesTest {
  private static final String COMPATIBLE = "com.example.OpenAICompatibleProvider";
  private static final String DOTTED = "primitives.llm.openai_compatible.CompatibleProvider";

  @TempDir private Path directory;

  private void installCompatible() throws Exception {
    TestPlugin.named("compatible")
        .provider(ProviderSource.of(COMPATIBLE).alias("gpt", DOTTED))
        .manifest("Implementation-Version", "3.1")
        .build(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMPATIBLE,
        DOTTED,
        "gpt",
        "open-ai-compatible",
        "openai-compatible",
        "openai_compatible"
      })
  void aProviderIsFoundByEachOfItsNames(String name) throws Exception {
    installCompatible();

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.find(name).className()).isEqualTo(COMPATIBLE);
    }
  }

  @Test
  void aliasesAreDescribed() throws Exception {
    installCompatible();

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.find("gpt").aliases()).containsExactly("gpt", DOTTED);
      assertThat(plugins.find("gpt").typeName()).isEqualTo("openai_compatible");
      assertThat(plugins.descriptions().getFirst().aliases())
          .containsExactly("gpt", DOTTED, "open-ai-compatible");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "com.example.EchoProvider, echo, echo",
    "com.example.InMemoryProvider, in-memory, in_memory",
    "com.example.OpenAICompatibleProvider, open-ai-compatible, open_ai_compatible",
    "com.example.MyHTTPClient, my-http-client, my_http_client",
    "com.example.Outer$InnerProvider, inner, inner",
    "com.example.Provider, provider, provider",
    "EchoProvider, echo, echo",
  })
  void shortNamesFollowTheClassName(String className, String shortName, String typeName) {
    DeclaredProvider provider = new DeclaredProvider(className, List.of("no-dots"));

    assertThat(provider.shortName()).isEqualTo(shortName);
    assertThat(provider.typeName()).isEqualTo(typeName);
  }

  @Test
  void anUnknownNameIsAnsweredWithAllThatIsInstalled() throws Exception {
    installCompatible();
    TestPlugin.good("hello", "com.example.GoodProvider").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThatThrownBy(() -> plugins.find("com.other.WeatherProvider"))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessage(
              "No provider is called 'com.other.WeatherProvider'. Installed:"
                  + " com.example.OpenAICompatibleProvider (plugin 'compatible' 3.1),"
                  + " com.example.GoodProvider (plugin 'hello' unknown).");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "com.example.OpenAiCompatibleProvidr, com.example.OpenAICompatibleProvider",
    "com.exmaple.OpenAICompatibleProvider, com.example.OpenAICompatibleProvider",
    "OpenAICompatibleProvder, com.example.OpenAICompatibleProvider",
    "opnai-compatible, open-ai-compatible",
    "gpd, gpt",
  })
  void aMistypedNameIsAnsweredWithTheNearest(String mistyped, String meant) throws Exception {
    installCompatible();

    try (Plugins plugins = Plugins.load(directory)) {
      assertThatThrownBy(() -> plugins.find(mistyped))
          .hasMessageStartingWith(
              "No provider is called '%s'. Did you mean '%s'? Installed: ", mistyped, meant);
    }
  }

  @Test
  void otherBrokenPluginsAreMentionedToo() throws Exception {
    installCompatible();
    TestPlugin.named("broken").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThatThrownBy(() -> plugins.find("weather"))
          .hasMessageContaining(
              " Not usable: plugin 'broken' (%s): It has no provider", directory.resolve("broken"));
    }
  }

  @Test
  void aLongNameIsAnswered() throws Exception {
    installCompatible();

    try (Plugins plugins = Plugins.load(directory)) {
      assertThatThrownBy(() -> plugins.find("x".repeat(100_000)))
          .isInstanceOf(UnknownProviderException.class);
    }
  }

  @Test
  void aClassThatIsNotDeclaredIsAnsweredWithTheMissingLine() throws Exception {
    String forgotten = "com.example.forgotten.ForgottenProvider";
    Path origin =
        TestPlugin.good("hello", "com.example.GoodProvider")
            .source(forgotten, ProviderSource.of(forgotten).text())
            .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThatThrownBy(() -> plugins.find(forgotten))
          .hasMessage(
              "Plugin 'hello' (%s) has the class %s, but does not declare it as a provider. Add the"
                  + " line '%s' to META-INF/services/io.agenticprimitives.gateway.api.Provider of"
                  + " its jar.",
              origin, forgotten, forgotten);
    }
  }

  @Test
  void aShortNameOfTwoProvidersIsAmbiguous() throws Exception {
    TestPlugin.good("a", "com.example.a.WeatherProvider").build(directory);
    TestPlugin.good("b", "com.example.b.WeatherProvider").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThatThrownBy(() -> plugins.find("weather"))
          .hasMessage(
              "The name 'weather' may mean com.example.a.WeatherProvider of plugin 'a' or"
                  + " com.example.b.WeatherProvider of plugin 'b'. Write the class name.");
      assertThat(plugins.find("com.example.b.WeatherProvider").pluginName()).isEqualTo("b");
      assertThat(plugins.descriptions())
          .allSatisfy(plugin -> assertThat(plugin.aliases()).isEmpty());
    }
  }

  @Test
  void anAliasBeatsAShortName() throws Exception {
    TestPlugin.good("a", "com.example.a.WeatherProvider").build(directory);
    TestPlugin.named("b")
        .provider(ProviderSource.of("com.example.b.SkyProvider").alias("weather"))
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.find("weather").pluginName()).isEqualTo("b");
      assertThat(plugins.descriptions().getFirst().aliases()).isEmpty();
    }
  }

  @Test
  void theSameClassFromTwoPluginsIsUsedFromNeither() throws Exception {
    Path a =
        TestPlugin.good("a", "com.example.WeatherProvider")
            .provider(ProviderSource.of("com.example.a.OtherProvider"))
            .build(directory);
    Path b = TestPlugin.good("b", "com.example.WeatherProvider").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      String fault =
          "The name com.example.WeatherProvider belongs to several providers, and none of them is"
              + " used: com.example.WeatherProvider of plugin 'a' (%s); com.example.WeatherProvider"
              + " of plugin 'b' (%s). Keep one of them.";
      assertThat(plugins.descriptions())
          .allSatisfy(plugin -> assertThat(plugin.fault()).contains(fault.formatted(a, b)));
      assertThatThrownBy(() -> plugins.find("com.example.WeatherProvider"))
          .hasMessageContaining(fault, a, b);
      assertThat(Opening.told(plugins.find("other"), "unharmed")).isEqualTo("unharmed");
    }
  }

  @Test
  void theSameAliasFromTwoPluginsIsUsedFromNeither() throws Exception {
    TestPlugin.named("a")
        .provider(ProviderSource.of("com.example.a.RainProvider").alias("weather"))
        .build(directory);
    TestPlugin.named("b")
        .provider(ProviderSource.of("com.example.b.SunProvider").alias("weather"))
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions())
          .allSatisfy(plugin -> assertThat(plugin.providers()).isEmpty());
      assertThatThrownBy(() -> plugins.find("weather"))
          .hasMessageContaining("The name weather belongs to several providers")
          .hasMessageContaining("com.example.a.RainProvider of plugin 'a'")
          .hasMessageContaining("com.example.b.SunProvider of plugin 'b'");
      assertThatThrownBy(() -> plugins.find("com.example.a.RainProvider"))
          .hasMessageContaining("The name weather belongs to several providers");
    }
  }

  @Test
  void anAliasCannotTakeTheClassNameOfAnother() throws Exception {
    TestPlugin.good("a", "com.example.a.RainProvider").build(directory);
    TestPlugin.named("b")
        .provider(
            ProviderSource.of("com.example.b.SunProvider").alias("com.example.a.RainProvider"))
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThatThrownBy(() -> plugins.find("com.example.a.RainProvider"))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessageContaining("belongs to several providers");
    }
  }
}
