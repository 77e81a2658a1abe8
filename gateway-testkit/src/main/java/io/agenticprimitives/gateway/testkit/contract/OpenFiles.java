package io.agenticprimitives.gateway.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files that this process has open, where the system tells (Linux does).
final class OpenFiles {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /// Those in one of these directories; none where the system does not tell.
  static List<Path> in(List<Path> directories) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return List.of();
    }
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      for (Path descriptor : descriptors.toList()) {
        target(descriptor, open);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return open.stream().filter(file -> directories.stream().anyMatch(file::startsWith)).toList();
  }

  private static void target(Path descriptor, List<Path> open) throws IOException {
    try {
      open.add(Files.readSymbolicLink(descriptor));
    } catch (NoSuchFileException closed) {
      // Somebody closed it in between.
    }
  }
}
