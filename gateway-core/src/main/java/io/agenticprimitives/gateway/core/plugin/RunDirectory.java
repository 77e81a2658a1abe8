package io.agenticprimitives.gateway.core.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory of this process alone with copies of one plugin's jars. Only the copies are opened:
/// an operator may replace or delete a jar of a running gateway, which would corrupt it if it were
/// open, and is impossible on some systems. Used by one thread.
final class RunDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunDirectory.class);

  private final Path root;
  private int copies;

  private RunDirectory(Path root) {
    this.root = root;
  }

  /// Creates it among the temporary files, readable by this user only.
  ///
  /// @throws PluginException if that is impossible
  static RunDirectory create() {
    try {
      return new RunDirectory(Files.createTempDirectory("gateway-plugins-"));
    } catch (IOException failure) {
      throw new PluginException(
          "No directory can be created in '"
              + System.getProperty("java.io.tmpdir")
              + "' for the copies of plugin jars ("
              + failure
              + "). Make it writable, or name another one with -Djava.io.tmpdir=DIR.");
    }
  }

  /// Copies a jar. The copy's name has nothing but letters, digits, dots and dashes, so that no
  /// character of the original (`!`, `#`, an umlaut in a locale that has none) can break its URL.
  Path copy(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new NoSuchFileException(jar.toString());
    }
    String plain = String.valueOf(jar.getFileName()).replaceAll("[^A-Za-z0-9.-]", "-");
    Path copy = root.resolve("%03d-%s".formatted(copies++, plain));
    return Files.copy(jar, copy);
  }

  /// Deletes it with all copies; once more is no harm.
  @Override
  public void close() {
    if (Files.notExists(root)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(root);
    } catch (IOException failure) {
      log.warn("The copies of plugin jars in {} cannot be deleted; delete them", root, failure);
    }
  }
}
