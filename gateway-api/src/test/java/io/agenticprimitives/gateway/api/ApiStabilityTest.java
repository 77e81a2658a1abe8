package io.agenticprimitives.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Plugins that were compiled against an earlier state of this API go on working. What it consists
/// of is in `src/api/1.txt`, so that each change of it is seen, and decided, in a review;
/// `docs/api-stability.md` has the rules.
class ApiStabilityTest {
  private static final Path BASELINE =
      Path.of(System.getProperty("repository.root"), "gateway-api", "src", "api", "1.txt");

  private static List<String> current() throws Exception {
    return new ApiSignatures(
            Path.of(Provider.class.getProtectionDomain().getCodeSource().getLocation().toURI()))
        .lines();
  }

  @Test
  void nothingIsTakenAway() throws Exception {
    List<String> now = current();
    assertThat(Files.readAllLines(BASELINE).stream().filter(line -> !now.contains(line)))
        .as(
            "Gone from the API. Plugins that use it fail with a LinkageError at run time. Keep the"
                + " old form beside the new one (a record keeps its old constructor), or raise the"
                + " version of the plugin API: docs/api-stability.md says how.")
        .isEmpty();
  }

  @Test
  void nothingIsDemandedOfPluginsThatTheyDoNotHave() throws Exception {
    List<String> before = Files.readAllLines(BASELINE);
    assertThat(
            current().stream()
                .filter(line -> !before.contains(line))
                .filter(line -> line.startsWith("  ") && line.contains(" abstract "))
                .filter(line -> before.stream().anyMatch(old -> old.startsWith(owner(line)))))
        .as(
            "New abstract methods of types that are known. Plugins and tests that implement them"
                + " fail with an AbstractMethodError. Give them a default.")
        .isEmpty();
  }

  private static String owner(String line) {
    return line.substring(0, line.indexOf(": ") + 2);
  }

  @Test
  void whatIsNewIsWrittenDown() throws Exception {
    if (Boolean.getBoolean("api.accept")) {
      Files.write(BASELINE, current());
    }
    List<String> written = Files.readAllLines(BASELINE);
    assertThat(current().stream().filter(line -> !written.contains(line)))
        .as(
            "The API has more than src/api/1.txt says. If that is meant, write it down: mvn verify"
                + " -pl gateway-api -Dtest=ApiStabilityTest"
                + " -Dsurefire.jvm.options=-Dapi.accept=true")
        .isEmpty();
  }
}
