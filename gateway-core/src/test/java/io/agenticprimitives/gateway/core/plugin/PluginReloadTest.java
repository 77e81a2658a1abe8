package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plugins directory is looked at again while plugins of it are in use.
class PluginReloadTest {
  private static final String ONE = "com.example.one.OneProvider";
  private static final String TWO = "com.example.two.TwoProvider";

  @TempDir Path directory;

  private void build(String name, String className, String told) throws IOException {
    TestPlugin.named(name)
        .provider(ProviderSource.of(className).telling('"' + told + '"'))
        .jar(directory);
  }

  private static String told(Plugins plugins, String provider) throws Exception {
    return Opening.told(plugins.find(provider), "x");
  }

  @Test
  void aPluginWhoseFilesAreTheSameKeepsItsProviders() throws Exception {
    build("one", ONE, "first");
    try (Plugins before = Plugins.load(directory);
        Plugins after = before.reload()) {
      assertThat(after.find(ONE)).isSameAs(before.find(ONE));
      PluginChanges changes = after.changesSince(before);
      assertThat(changes.added()).isEmpty();
      assertThat(changes.replaced()).isEmpty();
      assertThat(changes.removed()).isEmpty();
    }
  }

  @Test
  void pluginsAreAddedReplacedAndRemoved() throws Exception {
    build("one", ONE, "first");
    build("gone", "com.example.gone.GoneProvider", "gone");
    try (Plugins before = Plugins.load(directory)) {
      build("one", ONE, "second");
      build("two", TWO, "new");
      Files.delete(directory.resolve("gone.jar"));
      try (Plugins after = before.reload()) {
        assertThat(told(before, ONE)).isEqualTo("first");
        assertThat(told(after, ONE)).isEqualTo("second");
        assertThat(told(after, TWO)).isEqualTo("new");
        assertThatThrownBy(() -> after.find("com.example.gone.GoneProvider"))
            .isInstanceOf(UnknownProviderException.class);
        assertThat(after.changesSince(before))
            .isEqualTo(
                new PluginChanges(List.of("two"), List.of("one"), List.of("gone"), List.of()));
      }
    }
  }

  @Test
  void aBrokenPluginIsReportedAndTheOthersGoOn() throws Exception {
    build("one", ONE, "first");
    try (Plugins before = Plugins.load(directory)) {
      Files.writeString(directory.resolve("two.jar"), "This is no jar");
      try (Plugins after = before.reload()) {
        assertThat(told(after, ONE)).isEqualTo("first");
        assertThat(after.changesSince(before).faults())
            .singleElement()
            .asString()
            .contains("two.jar", "cannot be read");
      }
    }
  }

  @Test
  void aHeldPluginCanLoadClassesUntilItIsGivenBack() throws Exception {
    build("one", ONE, "first");
    Plugins plugins = Plugins.load(directory);
    InstalledProvider provider = plugins.find(ONE);
    Runnable giveBack = plugins.hold(provider);
    plugins.close();

    assertThat(provider.classLoader().getResource("META-INF/MANIFEST.MF")).isNotNull();
    assertThat(provider.classLoader().loadClass(ONE + "$Telling")).isNotNull();
    giveBack.run();
  }

  @Test
  void aSharedPluginOutlivesTheOneThatLoadedIt() throws Exception {
    build("one", ONE, "first");
    Plugins before = Plugins.load(directory);
    try (Plugins after = before.reload()) {
      before.close();
      assertThat(told(after, ONE)).isEqualTo("first");
    }
  }
}
