package io.agenticprimitives.gateway.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// What is of interest in one jar of a plugin, known before a class is loaded.
///
/// @param name the file name that the operator knows
/// @param copy the file that is opened
/// @param apiVersion the manifest's `Gateway-Api`
/// @param implementationVersion the manifest's `Implementation-Version`
/// @param serviceFile which providers it declares
/// @param apiClass a class of the plugin API that it should not have
record PluginJar(
    String name,
    Path copy,
    Optional<String> apiVersion,
    Optional<String> implementationVersion,
    ServiceFile serviceFile,
    Optional<String> apiClass) {

  private static final Pattern API_CLASS =
      Pattern.compile(
          "(?:META-INF/versions/\\d+/)?(io/agenticprimitives/gateway/api/.+)\\.class",
          Pattern.DOTALL);

  static PluginJar inspect(String name, Path copy) throws IOException {
    try (JarFile jar = open(copy)) {
      Manifest manifest = jar.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return new PluginJar(
          name,
          copy,
          Optional.ofNullable(attributes.getValue(ApiVersion.ATTRIBUTE)).map(String::strip),
          Optional.ofNullable(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION)),
          serviceFile(jar),
          apiClass(jar));
    }
  }

  /// The bytes of a class, if this jar has it.
  Optional<byte[]> classFile(String className) throws IOException {
    try (JarFile jar = open(copy)) {
      return read(jar, className.replace('.', '/') + ".class");
    }
  }

  private static JarFile open(Path copy) throws IOException {
    return new JarFile(copy.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
  }

  private static ServiceFile serviceFile(JarFile jar) throws IOException {
    return read(jar, ServiceFile.NAME)
        .map(bytes -> ServiceFile.parse(new String(bytes, StandardCharsets.UTF_8)))
        .orElse(ServiceFile.NONE);
  }

  private static Optional<byte[]> read(JarFile jar, String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream content = jar.getInputStream(entry)) {
      return Optional.of(content.readAllBytes());
    }
  }

  private static Optional<String> apiClass(JarFile jar) {
    return jar.stream()
        .map(entry -> API_CLASS.matcher(entry.getName()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1).replace('/', '.'))
        .findFirst();
  }
}
