package io.agenticprimitives.gateway.core.config;

import static io.agenticprimitives.gateway.core.config.Bindings.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Default;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A record that cannot be filled is the fault of its provider, and is named as such.
class ProviderFaultTest {
  private static final String SECRET = "sk-very-secret";

  record Unbindable(Optional<Thread> thread) {}

  record WrongDefault(@Default("soon") Duration pause) {}

  record Broken(@Default("1") int number) {
    Broken {
      throw new IllegalStateException(SECRET + number);
    }
  }

  @Test
  void faultsOfTheProviderAreNamedAsSuch() {
    assertThat(problems("thread: x", Unbindable.class))
        .containsExactly(
            "1: config: a fault of the provider, not of this file: no value can be bound to the"
                + " type class java.lang.Thread");
    assertThat(problems("{}", WrongDefault.class))
        .singleElement()
        .asString()
        .contains("a fault of the provider", "the default of pause is wrong: expected a duration");
    assertThat(problems("{}", Broken.class))
        .singleElement()
        .asString()
        .contains("Broken failed with java.lang.IllegalStateException")
        .doesNotContain(SECRET);
  }
}
