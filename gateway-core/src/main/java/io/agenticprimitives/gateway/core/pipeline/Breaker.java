package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves a backend alone for a moment when nearly all of its calls fail, and then tries it out
/// with a few. Thread-safe.
final class Breaker {
  private static final Logger log = LoggerFactory.getLogger(Breaker.class);

  private final String backend;
  private final BreakerConfig config;
  private final CallClock clock;
  private final CircuitBreaker breaker;
  private volatile long openUntil;
  private volatile String lastFailure = "";

  Breaker(String backend, BreakerConfig config, CallClock clock) {
    this.backend = backend;
    this.config = config;
    this.clock = clock;
    this.openUntil = clock.now();
    this.breaker = CircuitBreaker.of(backend, settings(config, clock));
    if (!config.enabled()) {
      breaker.transitionToDisabledState();
    }
    breaker
        .getEventPublisher()
        .onStateTransition(event -> changed(event.getStateTransition().getToState()));
  }

  private static CircuitBreakerConfig settings(BreakerConfig config, CallClock clock) {
    return CircuitBreakerConfig.custom()
        .clock(new BreakerClock(clock))
        .slidingWindow(
            Math.toIntExact(config.window().toSeconds()),
            config.minimumCalls(),
            SlidingWindowType.TIME_BASED)
        .failureRateThreshold(config.failureRate())
        .waitDurationInOpenState(config.openFor())
        .permittedNumberOfCallsInHalfOpenState(config.probes())
        .build();
  }

  private void changed(State state) {
    if (state == State.OPEN) {
      openUntil = clock.now() + config.openFor().toNanos();
      log.warn(
          "backend '{}' keeps failing (last: {}); it is left alone for {}",
          backend,
          lastFailure,
          InWords.of(config.openFor()));
    } else {
      log.info("backend '{}': circuit breaker {}", backend, inWords(state));
    }
  }

  /// Whether a failure says that the upstream is not well. One that limits its callers is.
  private static boolean counts(ErrorKind kind) {
    return kind.blame() == ErrorKind.Blame.UPSTREAM && kind != ErrorKind.RATE_LIMITED;
  }

  /// `closed`, `open`, `half_open` or `disabled`.
  String state() {
    return inWords(breaker.getState());
  }

  private static String inWords(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /// Lets a call through, or not.
  ///
  /// @throws BackendException if the backend is left alone
  Permit acquire() {
    if (!breaker.tryAcquirePermission()) {
      throw refused();
    }
    return new Permit(breaker.getState() == State.HALF_OPEN);
  }

  private BackendException refused() {
    Duration left = Duration.ofNanos(openUntil - clock.now());
    Duration wait = left.isPositive() ? left : Duration.ofSeconds(1);
    return new BackendException(
            ErrorKind.UNAVAILABLE,
            "Backend '%s' is left alone for a moment, because its calls keep failing (last: %s)."
                .formatted(backend, lastFailure))
        .withRetryAfter(wait);
  }

  private static String inWords(ErrorKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// What a call that was let through reports; its first end is the one that counts. Thread-safe.
  final class Permit {
    private final boolean probe;
    private boolean counted;
    private boolean over;

    private Permit(boolean probe) {
      this.probe = probe;
    }

    /// The upstream answers. Where that is tried out it is enough: a long answer must not keep all
    /// others waiting for its end.
    synchronized void noteEvent() {
      if (probe && !over) {
        countSuccess();
      }
    }

    synchronized void finish() {
      if (!over) {
        over = true;
        countSuccess();
      }
    }

    private void countSuccess() {
      if (!counted) {
        counted = true;
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
      }
    }

    /// A failure counts also after an answer that began well.
    synchronized void fail(BackendException failure) {
      if (!counts(failure.kind())) {
        abandon();
      } else if (!over) {
        over = true;
        counted = true;
        lastFailure = inWords(failure.kind());
        breaker.onError(0, TimeUnit.NANOSECONDS, failure);
      }
    }

    /// The call ended in a way that says nothing about the upstream.
    synchronized void abandon() {
      if (!over && !counted && probe) {
        breaker.releasePermission();
      }
      over = true;
    }
  }
}
