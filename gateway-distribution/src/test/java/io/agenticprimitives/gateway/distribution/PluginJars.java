package io.agenticprimitives.gateway.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The copies of plugins' jars that this process has open.
final class PluginJars {
  private PluginJars() {}

  static List<Path> open() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          Path target = Files.readSymbolicLink(descriptor);
          if (target.toString().contains("gateway-plugins-")) {
            open.add(target);
          }
        }
      }
    }
    return open;
  }
}
