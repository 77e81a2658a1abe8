package io.agenticprimitives.gateway.server.testing;

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

/// The jar with the providers of the tests, as an operator would install it.
public final class ScriptedPlugin {
  private static final List<Class<?>> PROVIDERS =
      List.of(ScriptedProvider.class, StallingProvider.class);
  private static final List<Class<?>> CLASSES =
      List.of(
          ScriptedProvider.class,
          ScriptedProvider.Config.class,
          StallingProvider.class,
          StallingProvider.Config.class,
          StallingProvider.Stall.class);
  private static final Path DIRECTORY = build();

  private ScriptedPlugin() {}

  /// The plugins directory.
  public static Path directory() {
    return DIRECTORY;
  }

  /// What is in it.
  public static Plugins load() {
    return Plugins.load(DIRECTORY);
  }

  private static Path build() {
    try {
      Path directory = Files.createTempDirectory("scripted-plugin");
      directory.toFile().deleteOnExit();
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
      for (Class<?> type : CLASSES) {
        String path = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(path));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
          out.write(Objects.requireNonNull(bytes).readAllBytes());
        }
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + Provider.class.getName()));
      for (Class<?> provider : PROVIDERS) {
        out.write((provider.getName() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
