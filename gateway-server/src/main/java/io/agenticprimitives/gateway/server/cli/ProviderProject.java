package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Maven project with a provider to begin with.
///
/// @param name in small letters, with hyphens between words
/// @param packageName of its classes
record ProviderProject(String name, String packageName) {

  /// Writes it into a directory that is new or empty.
  ///
  /// @throws IOException if there is something already, or it cannot be written
  void write(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        if (files.findAny().isPresent()) {
          throw new FileAlreadyExistsException(directory + " exists and is not empty");
        }
      }
    }
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path target = directory.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.writeString(target, filled(file.getValue()));
    }
  }

  /// The templates by the files that they become.
  private Map<String, String> files() {
    String main = "src/main/java/" + packageName.replace('.', '/') + "/" + className();
    String test = "src/test/java/" + packageName.replace('.', '/') + "/" + className();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put("README.md", "README.md");
    files.put(main + "Provider.java", "Provider.java.template");
    files.put(main + "Backend.java", "Backend.java.template");
    files.put(test + "ContractTest.java", "ContractTest.java.template");
    files.put(test + "PluginIT.java", "PluginIT.java.template");
    files.put(
        "src/main/resources/META-INF/services/io.agenticprimitives.gateway.api.Provider",
        "service");
    return files;
  }

  /// `my-model` is `MyModel`.
  private String className() {
    return Stream.of(name.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  private String filled(String template) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ProviderProject.class.getResourceAsStream("/new-provider/" + template))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@NAME@", name)
          .replace("@PACKAGE@", packageName)
          .replace("@CLASS@", className())
          .replace("@API_VERSION@", Integer.toString(Plugins.API_VERSION))
          .replace("@GATEWAY_VERSION@", Version.ofGateway());
    }
  }
}
