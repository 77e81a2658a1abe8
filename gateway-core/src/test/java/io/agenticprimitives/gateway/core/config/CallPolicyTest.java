package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallPolicyTest {
  private static String with(String keys) {
    return "providers: {llm: {backend: x, " + keys + "}}";
  }

  private static CallPolicy policy(String keys) {
    return Configs.backend(Configs.llm(Configs.valid(with(keys))), "default").policy();
  }

  @Test
  void allOfItCanBeConfigured() {
    CallPolicy policy =
        policy(
            "retry: {max_attempts: 4, base_delay: 1s, max_delay: 3s}, max_concurrent: 7,"
                + " max_queued: 0, max_queue_wait: 2s, circuit_breaker: {failure_rate: 50,"
                + " minimum_calls: 10, window: 1m, open_for: 5s, probes: 1}");
    assertThat(policy)
        .isEqualTo(
            new CallPolicy(
                Timeouts.DEFAULT,
                new RetryConfig(4, Duration.ofSeconds(1), Duration.ofSeconds(3)),
                new ConcurrencyConfig(Optional.of(7), 0, Duration.ofSeconds(2)),
                new BreakerConfig(true, 50, 10, Duration.ofMinutes(1), Duration.ofSeconds(5), 1)));
  }

  @Test
  void nothingNeedsToBe() {
    assertThat(policy("config: {}")).isEqualTo(CallPolicy.DEFAULT);
    assertThat(policy("retry: {}, circuit_breaker: {}")).isEqualTo(CallPolicy.DEFAULT);
    assertThat(policy("circuit_breaker: {enabled: false}").circuitBreaker().enabled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry: {max_atempts: 3} | .retry.max_atempts: unknown key; did you mean max_attempts?",
        "retry: {max_attempts: 0} | .retry: max_attempts must be from 1 (no retry) to 10",
        "retry: {base_delay: 0s} | .retry: base_delay must be longer than 0",
        "retry: {max_delay: 1ms} | .retry: max_delay must not be shorter than base_delay",
        "max_concurrent: 0 | : max_concurrent must be at least 1; leave it out for no limit",
        "max_concurent: 1 | .max_concurent: unknown key; did you mean max_concurrent?",
        "max_concurrent: 1, max_queued: -1 | : max_queued must be 0 (nobody waits) or more",
        "max_concurrent: 1, max_queue_wait: 0s | : max_queue_wait must be longer than 0; write"
            + " max_queued: 0 if nobody may wait",
        "circuit_breaker: off | .circuit_breaker: expected a block of keys, found off",
        "circuit_breaker: {failure_rate: 101} | .circuit_breaker: failure_rate must be from 1 to"
            + " 100, in percent",
        "circuit_breaker: {minimum_calls: 0} | .circuit_breaker: minimum_calls must be from 1 to"
            + " 100000",
        "circuit_breaker: {window: 1500ms} | .circuit_breaker: window must be whole seconds, from"
            + " 1s to 1h",
        "circuit_breaker: {open_for: 0s} | .circuit_breaker: open_for must be longer than 0; write"
            + " enabled: false to switch it off",
        "circuit_breaker: {probes: 0} | .circuit_breaker: probes must be from 1 to 100000",
      })
  void whatCannotBeIsAProblem(String keys, String problem) {
    assertThat(Configs.problems(with(keys))).containsExactly("1: providers.llm" + problem);
  }

  @Test
  void aQueueInFrontOfNothingIsPointedOut() {
    assertThat(Configs.warnings(with("max_queued: 3")))
        .isEqualTo(
            List.of(
                "1: providers.llm.max_queued: has no effect: nobody waits where max_concurrent is"
                    + " not given"));
  }

  @Test
  void aWrongPolicyDoesNotHideWhatTheProviderHasToSay() {
    LoadedConfig loaded =
        Configs.load(
            "providers: {llm: {backend: com.example.P, config: {a: 1}, retry: {max_attempt: 3}}}");
    assertThat(loaded.config()).isEmpty();
    assertThat(loaded.backends())
        .singleElement()
        .satisfies(backend -> assertThat(backend.config().keys()).containsExactly("a"));
  }
}
