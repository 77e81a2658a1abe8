package io.agenticprimitives.gateway.core.plugin;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles Java sources that a test has written down.
final class JavaSources {
  private JavaSources() {}

  /// The class files by their paths in a jar.
  ///
  /// @param sources the texts by class name
  /// @param libraries what they need besides the class path of the tests
  static Map<String, byte[]> compile(Map<String, String> sources, List<Path> libraries)
      throws IOException {
    Path output = Files.createTempDirectory("compiled-");
    try {
      JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
      StringWriter messages = new StringWriter();
      List<SourceText> files =
          sources.entrySet().stream().map(e -> SourceText.of(e.getKey(), e.getValue())).toList();
      List<String> options =
          List.of("-proc:none", "-d", output.toString(), "-cp", classPath(libraries));
      if (!compiler.getTask(messages, null, null, options, null, files).call()) {
        throw new AssertionError("A source of a test does not compile:\n" + messages);
      }
      return content(output);
    } finally {
      delete(output);
    }
  }

  private static String classPath(List<Path> libraries) {
    return Stream.concat(
            Stream.of(System.getProperty("java.class.path")),
            libraries.stream().map(Path::toString))
        .collect(joining(File.pathSeparator));
  }

  private static Map<String, byte[]> content(Path directory) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
        content.put(name, Files.readAllBytes(file));
      }
    }
    return content;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    private SourceText(URI uri, String text) {
      super(uri, JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    static SourceText of(String className, String text) {
      return new SourceText(URI.create("text:///" + className.replace('.', '/') + ".java"), text);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
