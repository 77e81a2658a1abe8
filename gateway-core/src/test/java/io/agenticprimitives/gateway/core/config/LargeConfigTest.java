package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Large files are read soon and in bounded memory, whatever they hold.
class LargeConfigTest {
  private static final String PIECES =
      """
      [|{|- |? |a: |!|&a |*a |"|'|#|\\|a\n|- a\n|a: b\n|{a: |[a,|%|\t| |x|\n|---\n|a: [\n|[a]: |\
      ${|${A:=|$A|$|# ${|}|${A:-}|${${|${U}|$U |#| #|\r|😀|k: ${file:/nowhere}\n|${file:/nowhere}|\
      a: *a\n|<<: {}\n|? a\n|a,|\uFDD0|>\n\
      """;

  private static List<String> pieces() {
    return List.of(PIECES.split("\\|"));
  }

  private static void check(LoadedConfig loaded) {
    assertThat(loaded.config().isPresent()).isEqualTo(loaded.problems().isEmpty());
    assertThat(loaded.problems().report()).hasSizeLessThan(200_000);
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void aMebibyteOfAnythingIsReadSoon(String piece) {
    String body = piece.repeat((1 << 20) / piece.getBytes(StandardCharsets.UTF_8).length - 2);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          check(Configs.load(body, Map.of("A", "alpha")));
          check(Configs.load("a: " + body, Map.of("A", "alpha")));
        });
  }

  @Test
  void aLargeFileThatIsReferredToOftenDoesNotFillTheMemory(@TempDir Path directory)
      throws IOException {
    Files.write(directory.resolve("large"), new byte[BoundedFile.LIMIT]);
    String text = "log_level: \"" + "${file:large}".repeat(50_000) + "\"\n";

    LoadedConfig loaded = ConfigLoader.parse(text, "f", Map.of(), directory);

    assertThat(loaded.problems().list().getFirst().message())
        .isEqualTo("all references together put in more than 16777216 characters");
  }

  @Test
  void thousandsOfProblemsAreCountedAndNotAllKept() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      many.append("unknown_key_").append(i).append(": 1\n");
    }
    Problems problems = Configs.load(many.toString()).problems();

    assertThat(problems.count()).isEqualTo(5000);
    assertThat(problems.list()).hasSize(Problems.KEPT);
    assertThat(problems.report()).startsWith("5000 problems").endsWith("  and 4900 more\n");
  }
}
