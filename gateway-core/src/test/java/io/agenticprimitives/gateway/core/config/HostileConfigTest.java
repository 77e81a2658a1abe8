package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file or an environment holds, the outcome is a configuration or problems, soon.
class HostileConfigTest {
  private static final String SECRET = "sk-canary: #'\"\n";

  static final Map<String, String> ENVIRONMENT =
      Map.of("KEY", SECRET, "A", "alpha", "E", "", "AGENTIC_PRIMITIVES_GATEWAY_PORT", "8001");

  private static final String VALID =
      """
      # a comment with ${KEY} and ${U:-x}
      server: {host: 127.0.0.1, port: "${PORT:=8000}", max_request_size: 32MB}
      auth:
        backend: api_key
        api_keys: [{key: "${KEY}", principal_id: a}, {key: $A}]
      cors_origins: ["https://a.example"]
      logging: {format: json, sanitize: yes}
      providers:
        llm:
          default: a
          backends:
            a: &a
              backend: echo
              config: {base_url: "http://localhost:1234", api_key: '${KEY}'}
              timeouts: {idle: 1s}
            b:
              <<: *a
              backend: !!str echo
              config:
                api_key: ${KEY}
                headers:
                  X: |
                    text ${KEY}
                tags: [a, ${A}, ~]
        memory: {backend: noop}
      """;

  private static final List<String> PIECES =
      List.of(
          "${",
          "}",
          "$",
          "${KEY}",
          "$KEY",
          "${U:-",
          "${KEY:=x}",
          "${file:/nowhere}",
          "&a ",
          "*a ",
          "!!str ",
          "!x ",
          "- ",
          "? ",
          ": ",
          ":",
          ", ",
          "[",
          "]",
          "{",
          "#",
          " #",
          "'",
          "\"",
          "|\n",
          ">-\n",
          "\n",
          "\r\n",
          "\t",
          "---\n",
          "...\n",
          "%YAML 1.1\n",
          "<<: ",
          "~",
          "\\",
          "\u0000",
          "\uFEFF",
          "\u2028",
          "\uD83D",
          "😀",
          "\uFDD00\uFDD1",
          "\"\\uFDD00\\uFDD1\"",
          "99999999999",
          "default",
          "backends: ",
          "null",
          "  ",
          "x".repeat(2000),
          "[".repeat(70));

  record ProviderConfig(
      URI baseUrl,
      Optional<Secret> apiKey,
      Map<String, String> headers,
      List<Integer> tags,
      @Default("3") int number) {}

  static void check(LoadedConfig loaded) {
    assertThat(loaded.config().isPresent()).isEqualTo(loaded.problems().isEmpty());
    for (Problem problem : loaded.problems().list()) {
      assertThat(problem.message()).isNotBlank();
      assertThat(problem.line()).isNotNegative();
    }
    Problems binding = new Problems();
    loaded
        .config()
        .ifPresent(
            config -> {
              bindAll(config, binding);
              assertThat(EffectiveConfig.print(config, _ -> Optional.of(ProviderConfig.class)))
                  .isNotEmpty();
            });
    assertThat(loaded.problems().report() + binding.report()).doesNotContain("canary");
  }

  private static void bindAll(GatewayConfig config, Problems problems) {
    for (PrimitiveConfig primitive : config.primitives().values()) {
      for (BackendConfig backend : primitive.backends().values()) {
        RecordBinder.bind(backend.config(), ProviderConfig.class, backend.configPath(), problems);
      }
    }
  }

  private static void withinBounds(Runnable work) {
    assertTimeoutPreemptively(Duration.ofMinutes(2), work::run);
  }

  @Test
  void randomBytesAreAConfigurationOrProblems(@TempDir Path directory) {
    Random random = new Random(1);
    Path file = directory.resolve("gateway.yaml");
    withinBounds(
        () -> {
          for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            write(file, bytes);
            check(ConfigLoader.load(file, ENVIRONMENT));
          }
        });
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void mutatedConfigurationsAreConfigurationsOrProblems() {
    Random random = new Random(2);
    Configs.valid(VALID, ENVIRONMENT);
    withinBounds(
        () -> {
          for (int i = 0; i < 4000; i++) {
            StringBuilder text = new StringBuilder(VALID);
            for (int mutations = random.nextInt(6); mutations >= 0; mutations--) {
              mutate(text, random);
            }
            check(Configs.load(text.toString(), ENVIRONMENT));
          }
        });
  }

  private static void mutate(StringBuilder text, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(random.nextInt(4) == 0 ? 80 : 4));
    String piece =
        switch (random.nextInt(3)) {
          case 0 -> "";
          case 1 -> PIECES.get(random.nextInt(PIECES.size()));
          default -> text.substring(to, Math.min(text.length(), to + random.nextInt(40)));
        };
    text.replace(from, to, piece);
  }

  @Test
  void linesOfProblemsLieWithinTheFile() {
    Random random = new Random(3);
    withinBounds(
        () -> {
          for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(VALID);
            mutate(text, random);
            long lines = text.chars().filter(c -> c == '\n' || c == '\r' || c == '\u2028').count();
            assertThat(Configs.load(text.toString(), ENVIRONMENT).problems().list())
                .allSatisfy(p -> assertThat(p.line()).isBetween(0, (int) lines + 1));
          }
        });
  }

  @Test
  void noValueOfAVariableChangesTheStructure() {
    Random random = new Random(4);
    String expected = structure(Configs.root(VALID, ENVIRONMENT));
    for (int i = 0; i < 2000; i++) {
      StringBuilder value = new StringBuilder();
      for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
        value.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      Map<String, String> environment =
          Map.of("KEY", value.toString(), "A", value.toString(), "U", value.toString());
      assertThat(structure(Configs.root(VALID, environment))).isEqualTo(expected);
    }
  }

  /// The keys and the shape, without the values.
  private static String structure(ConfigNode node) {
    return switch (node) {
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(e -> e.getKey() + structure(e.getValue().value()))
              .toList()
              .toString();
      case ConfigNode.Sequence sequence ->
          sequence.items().stream().map(HostileConfigTest::structure).toList().toString();
      case ConfigNode.Scalar _ -> "=";
    };
  }
}
