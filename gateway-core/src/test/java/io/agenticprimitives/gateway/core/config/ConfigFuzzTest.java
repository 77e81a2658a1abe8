package io.agenticprimitives.gateway.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.config.HostileConfigTest.ProviderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: any text is a configuration or problems that say where they are, soon;
/// and a configuration that is printed is read as the same again.
class ConfigFuzzTest {

  static List<Path> seeds() throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("repository.root")));
    try (Stream<Path> examples = Files.list(root.resolve("fuzz/seeds/config"));
        Stream<Path> original =
            Files.list(
                root.resolve(
                    "gateway-core/src/test/resources/io/agenticprimitives/gateway/core/config"))) {
      return Stream.concat(examples, original).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForSeeds(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    // A fuzzer that writes the secret itself may be shown it.
    String text = new String(bytes, UTF_8).replace("canary", "");
    LoadedConfig loaded = Configs.load(text, HostileConfigTest.ENVIRONMENT);
    HostileConfigTest.check(loaded);
    long lines = 1 + text.chars().filter(ConfigFuzzTest::isLineEnd).count();
    for (Problem problem : loaded.problems().list()) {
      assertThat((long) problem.line()).isBetween(0L, lines);
      assertThat(problem.message() + problem.path()).doesNotContainPattern("\\p{Cntrl}");
    }
    // Masked keys are all the same, and no key may be given twice.
    loaded
        .config()
        .filter(config -> config.auth().apiKeys().size() < 2)
        .ifPresent(ConfigFuzzTest::checkPrinted);
  }

  private static boolean isLineEnd(int character) {
    return "\n\r\u0085\u2028\u2029".indexOf(character) >= 0;
  }

  private static void checkPrinted(GatewayConfig config) {
    String printed = print(config);
    assertThat(print(Configs.valid(printed, Map.of()))).isEqualTo(printed);
  }

  private static String print(GatewayConfig config) {
    return EffectiveConfig.print(
        config,
        backend ->
            backend.provider().equals("echo")
                ? Optional.of(ProviderConfig.class)
                : Optional.empty());
  }
}
