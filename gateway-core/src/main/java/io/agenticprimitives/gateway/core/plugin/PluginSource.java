package io.agenticprimitives.gateway.core.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One entry of the plugins directory.
///
/// @param name the name of the directory, or of the jar without `.jar`
/// @param origin the directory or the jar
/// @param jars its jars, in the order of their names
/// @param seen the names of all files and directories that were looked at
/// @param fault why it is not even looked into
record PluginSource(
    String name, Path origin, List<Path> jars, List<String> seen, Optional<String> fault) {

  PluginSource {
    jars = List.copyOf(jars);
    seen = List.copyOf(seen);
  }

  static PluginSource faulty(String name, Path origin, String fault) {
    return new PluginSource(name, origin, List.of(), List.of(), Optional.of(fault));
  }

  /// As messages name it.
  String title() {
    return "plugin '" + name + "' (" + origin + ")";
  }
}
