package io.agenticprimitives.gateway.core.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A plugin, or a library, that a test writes down in source and builds. Unless told otherwise its
/// manifest has the right `Gateway-Api`.
public final class TestPlugin {
  private final String name;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> resources = new TreeMap<>();
  private final Map<String, String> attributes = new TreeMap<>();
  private final Map<String, UnaryOperator<byte[]>> edits = new TreeMap<>();
  private final List<String> services = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();
  private final List<Path> compileOnly = new ArrayList<>();

  private TestPlugin(String name) {
    this.name = name;
    attributes.put("Manifest-Version", "1.0");
    attributes.put("Gateway-Api", "1");
  }

  public static TestPlugin named(String name) {
    return new TestPlugin(name);
  }

  /// A plugin with one provider that works.
  static TestPlugin good(String name, String className) {
    return named(name).provider(ProviderSource.of(className));
  }

  public TestPlugin source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  /// Adds the source and names it in the service file.
  TestPlugin provider(ProviderSource source) {
    return source(source.className(), source.text()).service(source.className());
  }

  /// Adds lines to the service file.
  public TestPlugin service(String... lines) {
    services.addAll(List.of(lines));
    return this;
  }

  public TestPlugin manifest(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  TestPlugin withoutManifest(String attribute) {
    attributes.remove(attribute);
    return this;
  }

  TestPlugin resource(String path, String content) {
    return resource(path, content.getBytes(StandardCharsets.UTF_8));
  }

  TestPlugin resource(String path, byte[] content) {
    resources.put(path, content);
    return this;
  }

  /// Compiles against the jar and puts it into the plugin's directory.
  TestPlugin library(Path jar) {
    libraries.add(jar);
    return this;
  }

  /// Compiles against the jar and forgets to put it into the plugin's directory.
  TestPlugin missingLibrary(Path jar) {
    compileOnly.add(jar);
    return this;
  }

  /// Leaves this class out of the jar.
  TestPlugin without(String className) {
    return edit(className, bytes -> new byte[0]);
  }

  /// Changes the compiled class; no bytes means that it is left out.
  TestPlugin edit(String className, UnaryOperator<byte[]> edit) {
    edits.put(className.replace('.', '/') + ".class", edit);
    return this;
  }

  /// Builds `NAME.jar` in this directory.
  public Path jar(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Path> classPath = new ArrayList<>(libraries);
    classPath.addAll(compileOnly);
    Map<String, byte[]> content = new TreeMap<>(resources);
    if (!sources.isEmpty()) {
      content.putAll(JavaSources.compile(sources, classPath));
    }
    if (!services.isEmpty()) {
      content.put(
          "META-INF/services/io.agenticprimitives.gateway.api.Provider",
          String.join("\n", services).getBytes(StandardCharsets.UTF_8));
    }
    edits.forEach((path, edit) -> content.computeIfPresent(path, (_, bytes) -> edit.apply(bytes)));
    content.values().removeIf(bytes -> bytes.length == 0);
    Path jar = directory.resolve(name + ".jar");
    write(jar, content);
    return jar;
  }

  /// Builds the directory `NAME` with the jar and its libraries in the plugins directory.
  Path build(Path plugins) throws IOException {
    Path directory = plugins.resolve(name);
    jar(directory);
    for (Path library : libraries) {
      Files.copy(library, directory.resolve(Objects.requireNonNull(library.getFileName())));
    }
    return directory;
  }

  private void write(Path jar, Map<String, byte[]> content) throws IOException {
    Manifest manifest = new Manifest();
    attributes.forEach(
        (key, value) -> manifest.getMainAttributes().put(new Attributes.Name(key), value));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream output = new JarOutputStream(file, manifest)) {
      for (Map.Entry<String, byte[]> entry : content.entrySet()) {
        output.putNextEntry(new JarEntry(entry.getKey()));
        output.write(entry.getValue());
        output.closeEntry();
      }
    }
  }
}
