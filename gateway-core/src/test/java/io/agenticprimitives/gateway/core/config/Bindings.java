package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records to bind, and short ways to bind them.
final class Bindings {
  private Bindings() {}

  enum Flavour {
    PLAIN,
    VERY_STRICT
  }

  record Retry(@Doc("How often.") @Default("3") int maxAttempts, Optional<Duration> delay) {}

  record Everything(
      String name,
      int small,
      long large,
      double fraction,
      boolean flag,
      Flavour flavour,
      Duration pause,
      URI baseUrl,
      Path file,
      Secret apiKey,
      Retry retry,
      Optional<Retry> maybe,
      List<Retry> several,
      Map<String, Duration> named,
      Optional<List<String>> words) {}

  record Upstream(
      @Doc("Where the server listens.") URI baseUrl,
      @Default("") String defaultModel,
      Optional<Secret> apiKey,
      @Default("10s") Duration timeout,
      @Default("[a, b]") List<String> tags,
      @Default("{}") Retry retry,
      Map<String, String> headers) {

    Upstream {
      if (apiKey.isPresent() && timeout.isZero()) {
        throw new IllegalArgumentException("timeout must not be 0 with " + apiKey.get().value());
      }
    }
  }

  static <C extends Record> Optional<C> bind(
      String text, Class<C> type, Map<String, String> environment, Problems problems) {
    return RecordBinder.bind(Configs.root(text, environment), type, "config", problems);
  }

  static <C extends Record> C bound(String text, Class<C> type) {
    Problems problems = new Problems();
    return bind(text, type, Map.of(), problems)
        .orElseThrow(() -> new AssertionError(problems.report()));
  }

  static List<String> problems(String text, Class<? extends Record> type) {
    Problems problems = new Problems();
    assertThat(bind(text, type, Map.of(), problems)).isEmpty();
    return Configs.shown(problems.list());
  }
}
