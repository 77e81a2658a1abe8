package io.agenticprimitives.gateway.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

/// The assembled distribution with plugins and a configuration that an operator changes while it
/// runs; operators have a port of their own.
final class OperatedGateway implements AutoCloseable {
  private static final Pattern ADMIN = Pattern.compile("admin on (http://\\S+:\\d+)");

  final GatewayProcess process;
  final Path file;
  private final Path plugins;
  private final NativeClient operator;

  private OperatedGateway(GatewayProcess process, Path file, Path plugins) {
    this.process = process;
    this.file = file;
    this.plugins = plugins;
    Matcher admin = ADMIN.matcher(process.output());
    if (!admin.find()) {
      throw new AssertionError("It has no port for operators:\n" + process.output());
    }
    this.operator = new NativeClient(URI.create(admin.group(1)));
  }

  /// @param names of the plugins of the distribution that are there at the start
  static OperatedGateway start(Path directory, String yaml, String... names) throws IOException {
    return start(Map.of(), directory, yaml, names);
  }

  /// As above, with these environment variables.
  static OperatedGateway start(
      Map<String, String> environment, Path directory, String yaml, String... names)
      throws IOException {
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    for (String name : names) {
      install(name, plugins, "");
    }
    Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml);
    GatewayProcess process =
        GatewayProcess.start(
            environment, directory, "--config", file.toString(), "--plugins", plugins.toString());
    return new OperatedGateway(process, file, plugins);
  }

  /// Puts a plugin of the distribution there, or in the place of the one that is there.
  ///
  /// @param mark makes its jars different from others
  void install(String name, String mark) throws IOException {
    install(name, plugins, mark);
  }

  private static void install(String name, Path plugins, String mark) throws IOException {
    Path target = Files.createDirectories(plugins.resolve(name));
    try (var jars = Files.list(GatewayProcess.DISTRIBUTION.resolve("plugins").resolve(name))) {
      for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
        Path copy = target.resolve(jar.getFileName() + ".tmp");
        copy(jar, copy, mark);
        Files.move(
            copy,
            target.resolve(jar.getFileName()),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void copy(Path jar, Path copy, String mark) throws IOException {
    try (JarFile content = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file, content.getManifest())) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (JarEntry entry : content.stream().toList()) {
        if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(content.getInputStream(entry).readAllBytes());
        }
      }
      out.putNextEntry(new JarEntry("mark"));
      out.write(mark.getBytes(StandardCharsets.UTF_8));
    }
  }

  void remove(String name) throws IOException {
    try (var files = Files.list(plugins.resolve(name))) {
      for (Path jar : files.toList()) {
        Files.delete(jar);
      }
    }
    Files.delete(plugins.resolve(name));
  }

  /// Writes another configuration, at once.
  void configure(String yaml) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next.yaml"), yaml);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  HttpResponse<String> reload() {
    return operator.post("/admin/reload", "");
  }

  NativeClient operator() {
    return operator;
  }

  NativeClient caller() {
    return new NativeClient(process.uri());
  }

  static List<String> texts(HttpResponse<String> reloaded, String primitive, String name) {
    List<String> texts = new ArrayList<>();
    NativeClient.json(reloaded.body())
        .path(primitive)
        .path(name)
        .forEach(node -> texts.add(node.asText()));
    return texts;
  }

  @Override
  public void close() {
    operator.close();
    process.close();
  }
}
