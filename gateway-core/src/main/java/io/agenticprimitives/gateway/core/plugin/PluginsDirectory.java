package io.agenticprimitives.gateway.core.plugin;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the plugins directory: each directory in it, and each jar in it, is one plugin. Names that
/// start with a dot or end in `.tmp` are passed over, so that a plugin can be copied there first
/// and renamed when it is complete. Links are followed.
final class PluginsDirectory {
  private static final Logger log = LoggerFactory.getLogger(PluginsDirectory.class);
  private static final String JAR = ".jar";

  private PluginsDirectory() {}

  /// The plugins in the order of their file names.
  ///
  /// @throws PluginException if the directory cannot be read
  static List<PluginSource> scan(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new PluginException(
          "There is no plugins directory '"
              + directory
              + "'. Create it and put plugins into it, or name another directory.");
    }
    try {
      List<PluginSource> sources = new ArrayList<>();
      for (Path entry : entries(directory)) {
        source(entry).ifPresent(sources::add);
      }
      return refuseEqualNames(sources);
    } catch (IOException failure) {
      throw new PluginException(
          "The plugins directory '"
              + directory
              + "' cannot be read ("
              + failure
              + "). Check its permissions.");
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> !fileName(entry).startsWith(".") && !fileName(entry).endsWith(".tmp"))
          .sorted(Comparator.comparing(PluginsDirectory::fileName))
          .toList();
    }
  }

  private static Optional<PluginSource> source(Path entry) {
    String fileName = fileName(entry);
    if (Files.isDirectory(entry)) {
      return Optional.of(directory(fileName, entry));
    }
    if (isJar(entry)) {
      String name = fileName.substring(0, fileName.length() - JAR.length());
      return Optional.of(
          new PluginSource(name, entry, List.of(entry), List.of(fileName), Optional.empty()));
    }
    if (Files.notExists(entry)) {
      return Optional.of(
          PluginSource.faulty(
              fileName, entry, "It is a link to nothing. Correct the link, or remove it."));
    }
    log.info("Passed over {} in the plugins directory: neither a jar nor a directory", fileName);
    return Optional.empty();
  }

  private static PluginSource directory(String name, Path directory) {
    try {
      List<Path> entries = entries(directory);
      List<Path> jars =
          entries.stream().filter(entry -> isJar(entry) && !Files.isDirectory(entry)).toList();
      List<String> seen = entries.stream().map(PluginsDirectory::fileName).toList();
      return new PluginSource(name, directory, jars, seen, Optional.empty());
    } catch (IOException failure) {
      return PluginSource.faulty(
          name, directory, "It cannot be read (" + failure + "). Check its permissions.");
    }
  }

  private static List<PluginSource> refuseEqualNames(List<PluginSource> sources) {
    Map<String, List<PluginSource>> byName =
        sources.stream().collect(groupingBy(PluginSource::name));
    return sources.stream()
        .map(
            source -> {
              List<PluginSource> equals = byName.getOrDefault(source.name(), List.of());
              return equals.size() == 1 ? source : refused(source, equals);
            })
        .toList();
  }

  private static PluginSource refused(PluginSource source, List<PluginSource> equals) {
    List<String> origins = equals.stream().map(equal -> fileName(equal.origin())).toList();
    return PluginSource.faulty(
        source.name(),
        source.origin(),
        "There are several plugins of this name ("
            + String.join(", ", origins)
            + "), and none of them is used. Keep one.");
  }

  private static boolean isJar(Path entry) {
    return fileName(entry).toLowerCase(Locale.ROOT).endsWith(JAR);
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }
}
