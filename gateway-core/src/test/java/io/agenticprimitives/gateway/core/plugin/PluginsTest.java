package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  private static final String GOOD = "com.example.GoodProvider";

  @TempDir private Path directory;

  @Test
  void aDirectoryIsAPlugin() throws Exception {
    Path origin =
        TestPlugin.good("hello", GOOD).manifest("Implementation-Version", "1.2.3").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions())
          .containsExactly(
              new PluginDescription(
                  "hello", "1.2.3", origin, List.of(GOOD), List.of("good"), Optional.empty()));
      InstalledProvider provider = plugins.find(GOOD);
      assertThat(provider.className()).isEqualTo(GOOD);
      assertThat(provider.pluginName()).isEqualTo("hello");
      assertThat(provider.pluginVersion()).isEqualTo("1.2.3");
      assertThat(provider.primitive()).isEqualTo("llm");
      assertThat(provider.classLoader().getName()).isEqualTo("plugin:hello");
      assertThat(Opening.told(provider, "good day")).isEqualTo("good day");
    }
  }

  @Test
  void aSingleJarIsAPluginCalledLikeIt() throws Exception {
    Path jar = TestPlugin.good("hello", GOOD).jar(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions())
          .containsExactly(
              new PluginDescription(
                  "hello", "unknown", jar, List.of(GOOD), List.of("good"), Optional.empty()));
      assertThat(Opening.told(plugins.find(GOOD), "good day")).isEqualTo("good day");
    }
  }

  @Test
  void pluginsComeInTheOrderOfTheirFileNames() throws Exception {
    TestPlugin.good("b", "com.example.b.BProvider").build(directory);
    TestPlugin.good("c", "com.example.c.CProvider").jar(directory);
    TestPlugin.good("a", "com.example.a.AProvider").jar(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions())
          .extracting(PluginDescription::name)
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void ofTwoJarsWithTheSameClassTheFirstByNameWins() throws Exception {
    TestPlugin second = TestPlugin.named("z").provider(ProviderSource.of(GOOD).telling("\"z\""));
    TestPlugin first = TestPlugin.named("a").provider(ProviderSource.of(GOOD).telling("\"a\""));
    second.jar(directory.resolve("both"));
    first.jar(directory.resolve("both"));

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find(GOOD), "")).isEqualTo("a");
    }
  }

  @Test
  void dotFilesTemporaryFilesAndOtherFilesArePassedOver() throws Exception {
    Files.writeString(directory.resolve(".DS_Store"), "x");
    Files.writeString(directory.resolve(".half.jar"), "x");
    Files.writeString(directory.resolve("half.jar.tmp"), "x");
    Files.writeString(directory.resolve("README.txt"), "x");
    Files.createDirectory(directory.resolve(".git"));
    Files.createDirectory(directory.resolve("half.tmp"));
    Path plugin = TestPlugin.good("hello", GOOD).build(directory);
    Files.writeString(plugin.resolve(".half.jar"), "x");
    Files.writeString(plugin.resolve("half.jar.tmp"), "x");
    Files.writeString(plugin.resolve("LICENCE"), "x");

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions()).hasSize(1);
      assertThat(plugins.descriptions().getFirst().fault()).isEmpty();
    }
  }

  @Test
  void pathsMayHaveAnyCharacters() throws Exception {
    // From a URI, because in a locale without these characters a path cannot be made from a string.
    Path odd = Path.of(URI.create(directory.toUri() + "%C3%BC%20b!%23%25%2B'/"));
    TestPlugin.good("my pl!ugin #1 %41+", GOOD).build(odd);
    Path jar = TestPlugin.good("x", "com.example.other.OtherProvider").jar(odd);
    Files.move(jar, Path.of(URI.create(odd.toUri() + "%C3%A4%20!.jar")));

    try (Plugins plugins = Plugins.load(odd)) {
      assertThat(plugins.descriptions()).hasSize(2);
      assertThat(plugins.descriptions().getFirst().name()).isEqualTo("my pl!ugin #1 %41+");
      assertThat(Opening.told(plugins.find(GOOD), "one")).isEqualTo("one");
      assertThat(Opening.told(plugins.find("other"), "two")).isEqualTo("two");
    }
  }

  @Test
  void linksAreFollowed(@TempDir Path elsewhere) throws Exception {
    Path plugin = TestPlugin.good("hello-1.0", GOOD).build(elsewhere);
    Path jar = TestPlugin.good("other-1.0", "com.example.other.OtherProvider").jar(elsewhere);
    Files.createSymbolicLink(directory.resolve("hello"), plugin);
    Files.createSymbolicLink(directory.resolve("other.jar"), jar);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions())
          .extracting(PluginDescription::name)
          .containsExactly("hello", "other");
      assertThat(Opening.told(plugins.find(GOOD), "one")).isEqualTo("one");
      assertThat(Opening.told(plugins.find("other"), "two")).isEqualTo("two");
    }
  }

  @Test
  void aLoadedPluginDoesNotNoticeThatItsJarIsReplaced() throws Exception {
    Path jar = TestPlugin.good("hello", GOOD).jar(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      Files.writeString(jar, "something else");

      assertThat(Opening.told(plugins.find(GOOD), "still here")).isEqualTo("still here");
    }
  }

  @Test
  void noCodeOfAPluginRunsBeforeItIsAskedFor() throws Exception {
    String property = "PluginsTest.ran";
    String mark = "static { System.setProperty(\"" + property + "\", \"yes\"); }";
    TestPlugin.named("eager")
        .provider(ProviderSource.of(GOOD).with(mark).alias("a.b.c"))
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find("a.b.c");
      assertThat(provider.typeName()).isEqualTo("b");
      assertThat(System.getProperty(property)).isNull();
      assertThat(provider.configType()).isNotNull();
      assertThat(System.getProperty(property)).isEqualTo("yes");
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void anEmptyDirectoryHasNoPlugins() {
    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions()).isEmpty();
      assertThatThrownBy(() -> plugins.find("echo"))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessage(
              "No provider is called 'echo'. No provider is installed: put a plugin into '"
                  + directory
                  + "'.");
    }
  }

  @Test
  void aMissingDirectoryIsRefused() {
    assertThatThrownBy(() -> Plugins.load(directory.resolve("nowhere")))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("There is no plugins directory '")
        .hasMessageEndingWith(
            "nowhere'. Create it and put plugins into it, or name another directory.");
  }

  @Test
  void closingTwiceIsNoHarmAndNothingIsFoundAfterwards() throws Exception {
    TestPlugin.good("hello", GOOD).build(directory);
    Plugins plugins = Plugins.load(directory);

    plugins.close();
    plugins.close();

    assertThat(plugins.descriptions()).hasSize(1);
    assertThatThrownBy(() -> plugins.find(GOOD)).isInstanceOf(UnknownProviderException.class);
  }
}
