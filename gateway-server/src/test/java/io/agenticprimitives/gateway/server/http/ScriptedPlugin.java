package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.Provider;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// The jar with [ScriptedProvider], as an operator would install it.
final class ScriptedPlugin {
  private static final Path DIRECTORY = build();

  private ScriptedPlugin() {}

  static Plugins load() {
    return Plugins.load(DIRECTORY);
  }

  private static Path build() {
    try {
      Path directory = Files.createTempDirectory("scripted-plugin");
      Path jar = directory.resolve("scripted.jar");
      write(jar);
      jar.toFile().deleteOnExit();
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Gateway-Api", "1");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> type : List.of(ScriptedProvider.class, ScriptedProvider.Config.class)) {
        String path = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(path));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
          out.write(Objects.requireNonNull(bytes).readAllBytes());
        }
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + Provider.class.getName()));
      out.write(ScriptedProvider.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }
}
