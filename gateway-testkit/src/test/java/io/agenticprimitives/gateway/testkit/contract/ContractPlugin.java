package io.agenticprimitives.gateway.testkit.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A plugin that a test compiles, with one thing wrong at a time.
record ContractPlugin(
    String config, String open, String close, Map<String, String> manifest, List<String> extra) {
  static final String NAME = "com.example.plugin.PluginProvider";

  private static final String SOURCE =
      """
      package com.example.plugin;

      import io.agenticprimitives.gateway.api.*;
      import io.agenticprimitives.gateway.api.config.*;
      import io.agenticprimitives.gateway.api.llm.*;
      import java.util.List;
      import java.util.Optional;

      public class PluginProvider implements LlmProvider<PluginProvider.Config> {
        static Object kept;

        public record Config(CONFIG

        public Class<Config> configType() { return Config.class; }

        public LlmBackend open(Config config, BackendContext context) {
          OPEN
          return new LlmBackend() {
            public EventStream stream(CompletionRequest request, CallContext call) {
              return EventStream.of(List.of());
            }
            public List<ModelInfo> models(CallContext call) { return List.of(); }
            public void close() { CLOSE }
          };
        }
      }
      """;

  static ContractPlugin good() {
    return new ContractPlugin(
        "@Doc(\"A text.\") @Default(\"Hello\") String text,"
            + " @Doc(\"A key.\") Optional<Secret> apiKey) {}",
        "",
        "",
        Map.of("Gateway-Api", "1"),
        List.of());
  }

  ContractPlugin config(String components) {
    return new ContractPlugin(components, open, close, manifest, extra);
  }

  ContractPlugin open(String code) {
    return new ContractPlugin(config, code, close, manifest, extra);
  }

  ContractPlugin manifest(Map<String, String> attributes) {
    return new ContractPlugin(config, open, close, attributes, extra);
  }

  /// Puts a file without content into the jar, too.
  ContractPlugin with(String path) {
    return new ContractPlugin(config, open, close, manifest, List.of(path));
  }

  Path jar(Path directory) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("text:///com/example/plugin/PluginProvider.java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE.replace("CONFIG", config).replace("OPEN", open).replace("CLOSE", close);
          }
        };
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
            .getTask(null, null, null, options, null, List.of(source))
            .call();
    if (!compiled) {
      throw new AssertionError("The source of the test does not compile");
    }
    return write(directory.resolve("plugin.jar"), classes);
  }

  private Path write(Path jar, Path classes) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    content.put(
        "META-INF/services/io.agenticprimitives.gateway.api.Provider",
        NAME.getBytes(StandardCharsets.UTF_8));
    extra.forEach(path -> content.put(path, new byte[0]));
    Manifest attributes = new Manifest();
    attributes.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach((key, value) -> attributes.getMainAttributes().putValue(key, value));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream output = new JarOutputStream(file, attributes)) {
      for (Map.Entry<String, byte[]> entry : content.entrySet()) {
        output.putNextEntry(new JarEntry(entry.getKey()));
        output.write(entry.getValue());
        output.closeEntry();
      }
    }
    return jar;
  }
}
