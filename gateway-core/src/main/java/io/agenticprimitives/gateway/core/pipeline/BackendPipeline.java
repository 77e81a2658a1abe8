package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/// The way of calls to one backend, with what it knows of the calls before: who has a place, who
/// waits for one, and how well the backend has been doing. That lives as long as this object,
/// across configurations in which the backend is the same.
public final class BackendPipeline implements PipelineStep {
  private final Slots slots;
  private final Breaker breaker;
  private final PipelineStep steps;

  /// Puts the steps together, from the outermost to the innermost; [#across] goes before them.
  ///
  /// @param backend its name
  /// @param plugin the backend itself
  /// @param chance numbers from 0 to below 1
  public BackendPipeline(
      String backend,
      CallPolicy policy,
      PluginBoundary plugin,
      CallClock clock,
      DoubleSupplier chance) {
    slots = new Slots(backend, policy.concurrency(), clock);
    breaker = new Breaker(backend, policy.circuitBreaker(), clock);
    Timeouts timeouts = policy.timeouts();
    Duration total = timeouts.total();
    steps =
        new Retry(
            policy.retry(),
            total,
            clock,
            chance,
            new HoldBack(
                new AttemptRecorder(
                    backend,
                    total,
                    new ConcurrencyLimit(
                        slots,
                        total,
                        new CircuitBreaking(
                            breaker,
                            new Deadlines(
                                backend,
                                timeouts,
                                clock,
                                (question, call) -> question.ask(backend, plugin, call)))))));
  }

  /// The way to one target after the other.
  ///
  /// @param targets at least one, in the order in which they are asked
  public static PipelineStep across(List<Target> targets) {
    return new Fallback(targets);
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    return steps.stream(question, call);
  }

  /// How many calls are under way.
  public int inFlight() {
    return slots.inUse();
  }

  /// How many calls wait for their turn.
  public int queued() {
    return slots.queued();
  }

  /// `closed` (calls go through), `open` (none do), `half_open` (some do, to try) or `disabled`.
  public String circuitBreaker() {
    return breaker.state();
  }
}
