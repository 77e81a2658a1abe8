package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.core.plugin.InstalledProvider;
import io.agenticprimitives.gateway.core.plugin.PluginDescription;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A plugin in a plugins directory of its own, where the gateway's own loader finds it and nothing
/// else.
final class PluginUnderTest implements AutoCloseable {
  private final Path directory;
  private final Plugins plugins;

  private PluginUnderTest(Path directory) {
    this.directory = directory;
    this.plugins = Plugins.load(directory);
  }

  /// Installs and loads it.
  ///
  /// @param plugin the jar, or the directory of jars
  static PluginUnderTest load(Path plugin) {
    return new PluginUnderTest(install(plugin));
  }

  /// Puts it into a new plugins directory.
  static Path install(Path plugin) {
    List<Path> jars = jars(plugin);
    try {
      Path directory = Files.createTempDirectory("plugin-contract-");
      Path target =
          Files.isDirectory(plugin)
              ? Files.createDirectory(directory.resolve(nameOf(plugin)))
              : directory;
      for (Path jar : jars) {
        Files.copy(jar, target.resolve(String.valueOf(jar.getFileName())));
      }
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The jars of a plugin.
  static List<Path> jars(Path plugin) {
    try {
      List<Path> jars;
      try (Stream<Path> files =
          Files.isDirectory(plugin) ? Files.list(plugin) : Stream.of(plugin)) {
        jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      }
      Advice.unless(
          !jars.isEmpty() && jars.stream().allMatch(Files::isRegularFile),
          "There is no plugin at " + plugin.toAbsolutePath() + ".",
          "This contract looks at the jars that operators get, not at class directories.",
          "Return the jar, or the directory of jars, as it is dropped into plugins/, and run the"
              + " test after the jar is built (Maven: failsafe, phase integration-test).");
      return jars;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String nameOf(Path plugin) {
    return String.valueOf(plugin.toAbsolutePath().normalize().getFileName());
  }

  Plugins plugins() {
    return plugins;
  }

  PluginDescription description() {
    return plugins.descriptions().getFirst();
  }

  List<InstalledProvider> providers() {
    return description().providers().stream().map(plugins::find).toList();
  }

  @Override
  public void close() {
    plugins.close();
    delete(directory);
  }

  /// Deletes a directory with all that is in it.
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
