package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.Health;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks all backends at once how they are. An answer is kept for a moment, so that probes, however
/// many, do not become load upstream.
final class HealthChecks {
  private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration KEPT_FOR = Duration.ofSeconds(5);

  private final LlmServices services;
  private volatile @Nullable Readiness last;
  private long askedAt;

  HealthChecks(LlmServices services) {
    this.services = services;
  }

  /// Callers that come while the backends are being asked wait for that answer.
  synchronized Readiness readiness() {
    Readiness known = last;
    if (known != null && System.nanoTime() - askedAt < KEPT_FOR.toNanos()) {
      return known;
    }
    Readiness fresh = ask();
    last = fresh;
    askedAt = System.nanoTime();
    return fresh;
  }

  /// What was found out last; nobody is asked.
  Optional<Readiness> last() {
    return Optional.ofNullable(last);
  }

  private Readiness ask() {
    Map<String, FutureTask<Health>> tasks = new LinkedHashMap<>();
    services.slots().forEach((name, slot) -> tasks.put("llm/" + name, start(slot)));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Map<String, String> checks = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    tasks.forEach(
        (name, task) -> {
          Verdict verdict = await(name, task, deadline);
          checks.put(name, verdict.status());
          if (!verdict.detail().isEmpty()) {
            reasons.put(name, verdict.detail());
          }
        });
    return new Readiness(checks, reasons, !checks.containsValue("down"));
  }

  private static FutureTask<Health> start(LlmServices.Slot slot) {
    FutureTask<Health> task =
        new FutureTask<>(
            () ->
                switch (slot) {
                  case LlmServices.Slot.Open open ->
                      open.service().health(CallOptions.of("health-check"));
                  case LlmServices.Slot.Unavailable unavailable ->
                      Health.down(unavailable.reason());
                });
    Thread.ofVirtual().name("health-check").start(task);
    return task;
  }

  private record Verdict(String status, String detail) {}

  private static Verdict await(String name, FutureTask<Health> task, long deadline) {
    try {
      Health health = task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return new Verdict(health.status().name().toLowerCase(Locale.ROOT), health.detail());
    } catch (TimeoutException timeout) {
      task.cancel(true);
      return new Verdict("timeout", "No answer within " + LIMIT.toSeconds() + " s");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof BackendException told) {
        return new Verdict("down", told.message());
      }
      log.error("The check of {} failed", name, failure.getCause());
      return new Verdict("down", "The check failed; the log says why");
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new Verdict("timeout", "The check was given up");
    }
  }
}
