package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Asks a backend again when that may help: with growing waits whose length is chosen by chance
/// between nothing and the most, so that many callers who failed together do not come back
/// together; and never before the upstream wants to be asked. What did not get as far as the
/// backend is not asked again: waiting for it is the queue's business.
final class Retry implements PipelineStep {
  private final RetryConfig config;
  private final Duration total;
  private final CallClock clock;
  private final DoubleSupplier chance;
  private final PipelineStep next;

  /// @param total how long a call may take in all
  /// @param chance numbers from 0 to below 1
  Retry(
      RetryConfig config,
      Duration total,
      CallClock clock,
      DoubleSupplier chance,
      PipelineStep next) {
    this.config = config;
    this.total = total;
    this.clock = clock;
    this.chance = chance;
    this.next = next;
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    return new RetriedStream(question, call);
  }

  private final class RetriedStream extends RepeatedStream {
    private final Question question;
    private final PipelineCall call;
    private int attempts;

    RetriedStream(Question question, PipelineCall call) {
      this.question = question;
      this.call = call;
    }

    @Override
    EventStream open() {
      attempts++;
      return next.stream(question, call);
    }

    @Override
    void afterFailure(BackendException failure) {
      boolean mayHelp = failure.kind().retryable() && call.attempt().wasAdmitted();
      if (!mayHelp || attempts >= config.maxAttempts()) {
        throw failure;
      }
      Duration wait = wait(failure);
      if (wait.compareTo(call.remaining(total)) >= 0 || !call.takeRetry()) {
        throw failure;
      }
      Pause pause = new Pause();
      closing().busyWith(pause::end);
      pause.await(wait, clock);
    }

    /// @throws BackendException the failure, if the upstream wants to be left alone for longer than
    ///   anybody should be kept waiting, or for any time while another target could serve
    private Duration wait(BackendException failure) {
      Duration backoff = part(longest());
      Optional<Duration> wanted = failure.retryAfter();
      if (wanted.isEmpty()) {
        return backoff;
      }
      boolean tooLong = wanted.get().compareTo(config.maxDelay()) > 0;
      if (tooLong || (call.hasTargetsLeft() && wanted.get().isPositive())) {
        throw failure;
      }
      return wanted.get().plus(part(config.baseDelay()));
    }

    /// Doubles with each attempt, from the base delay to the longest.
    private Duration longest() {
      Duration doubled = config.baseDelay().multipliedBy(1L << (attempts - 1));
      return doubled.compareTo(config.maxDelay()) < 0 ? doubled : config.maxDelay();
    }

    private Duration part(Duration whole) {
      return Duration.ofNanos((long) (whole.toNanos() * chance.getAsDouble()));
    }
  }
}
