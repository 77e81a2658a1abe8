package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one jar of a plugin has in it.
///
/// @param name its file name
/// @param apiVersion what its manifest says of the plugin API
/// @param providers the class names in its service file
/// @param classes the class files by their paths; those for other releases of Java included
record JarContent(
    String name, Optional<String> apiVersion, List<String> providers, Map<String, byte[]> classes) {
  private static final String SERVICE_FILE = "META-INF/services/" + Provider.class.getName();
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/(.+)");

  static JarContent read(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      Map<String, byte[]> classes = new LinkedHashMap<>();
      for (JarEntry entry : jar.stream().toList()) {
        if (isClass(entry.getName())) {
          classes.put(entry.getName(), bytes(jar, entry));
        }
      }
      return new JarContent(
          String.valueOf(file.getFileName()),
          Optional.ofNullable(manifest)
              .map(content -> content.getMainAttributes().getValue("Gateway-Api"))
              .map(String::strip),
          providers(jar),
          classes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Classes that a gateway of this release of Java would load.
  private static boolean isClass(String path) {
    Matcher versioned = VERSIONED.matcher(path);
    boolean fits =
        !versioned.matches() || Integer.parseInt(versioned.group(1)) <= Runtime.version().feature();
    return fits
        && path.endsWith(".class")
        && !path.endsWith("module-info.class")
        && !path.endsWith("package-info.class");
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream content = jar.getInputStream(entry)) {
      return content.readAllBytes();
    }
  }

  private static List<String> providers(JarFile jar) throws IOException {
    JarEntry entry = jar.getJarEntry(SERVICE_FILE);
    return entry == null
        ? List.of()
        : new String(bytes(jar, entry), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
  }

  /// The class files by the names of the classes.
  Map<String, byte[]> classesByName() {
    Map<String, byte[]> byName = new TreeMap<>();
    classes.forEach((path, bytes) -> byName.putIfAbsent(className(path), bytes));
    return byName;
  }

  private static String className(String path) {
    Matcher versioned = VERSIONED.matcher(path);
    String plain = versioned.matches() ? versioned.group(2) : path;
    return plain.substring(0, plain.length() - ".class".length()).replace('/', '.');
  }
}
