package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/// A plugin as a stranger would build it: compiled against the API alone.
///
/// @param className of the provider, with its package
/// @param source of the class
record SourcePlugin(String className, String source) {

  /// Builds the jar.
  ///
  /// @param work an empty directory for what comes in between
  void build(Path work, Path jar) throws IOException {
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    Path file = Files.writeString(work.resolve(simpleName + ".java"), source);
    Path classes = Files.createDirectory(work.resolve(simpleName + "-classes"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("gateway.api.jar"),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(result).isZero();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Gateway-Api", "1");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var files = Files.walk(classes)) {
      for (Path entry : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(entry).toString()));
        out.write(Files.readAllBytes(entry));
      }
      out.putNextEntry(new ZipEntry("META-INF/services/io.agenticprimitives.gateway.api.Provider"));
      out.write((className + "\n").getBytes(UTF_8));
    }
  }
}
