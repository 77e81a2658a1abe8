package io.agenticprimitives.gateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What is written, and what is refused; nothing is built here.
class NewProviderCommandTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = GatewayCommand.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void writesAProject() throws Exception {
    Path target = directory.resolve("my-model");
    assertThat(run("new-provider", "my-model", "--directory", target.toString())).isZero();
    assertThat(out.toString()).contains("mvn verify");
    try (Stream<Path> files = Files.walk(target)) {
      List<String> written =
          files.filter(Files::isRegularFile).map(target::relativize).map(Path::toString).toList();
      assertThat(written)
          .containsExactlyInAnyOrder(
              "pom.xml",
              "README.md",
              "src/main/java/com/example/mymodel/MyModelProvider.java",
              "src/main/java/com/example/mymodel/MyModelBackend.java",
              "src/test/java/com/example/mymodel/MyModelContractTest.java",
              "src/test/java/com/example/mymodel/MyModelPluginIT.java",
              "src/main/resources/META-INF/services/io.agenticprimitives.gateway.api.Provider");
      for (String file : written) {
        assertThat(target.resolve(file)).content().doesNotContainPattern("@[A-Z_]+@");
      }
    }
  }

  @Test
  void overwritesNothing() throws Exception {
    Files.writeString(directory.resolve("precious"), "");
    assertThat(run("new-provider", "x", "--directory", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("exists and is not empty");
    assertThat(directory).isDirectoryNotContaining("glob:**/pom.xml");
  }

  @ParameterizedTest
  @CsvSource({
    "MyModel,com.example,NAME must be small letters",
    "../evil,com.example,NAME must be small letters",
    "good,com..example,--package must be a Java package"
  })
  void refusesNamesThatCannotBe(String name, String packageName, String message) {
    assertThat(run("new-provider", name, "--package", packageName)).isEqualTo(2);
    assertThat(err.toString()).contains(message).contains("is not.");
  }
}
