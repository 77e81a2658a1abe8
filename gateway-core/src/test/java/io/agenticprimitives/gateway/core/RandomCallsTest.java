package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to many calls at once, nothing is kept that should have been given back.
class RandomCallsTest {
  private static final int CALLS = 2_000;
  private static final int LIMIT = 5;
  private static final int MAX_ATTEMPTS = 3;
  private static final ErrorKind[] KINDS = ErrorKind.values();

  private final TestGateway gateway = new TestGateway();

  /// What the plugin of one backend sees.
  private static final class Gauge {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    void opened() {
      most.accumulateAndGet(open.incrementAndGet(), Math::max);
    }
  }

  /// A stream that fails, stalls or finishes, and says when it has ended.
  private static final class RandomStream implements EventStream {
    private final Gauge gauge;
    private final boolean stalls;
    private final int events;
    private final Optional<ErrorKind> failure;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int given;

    RandomStream(Gauge gauge, Random random) {
      this.gauge = gauge;
      this.stalls = random.nextInt(10) == 0;
      this.events = random.nextInt(4);
      boolean fails = random.nextInt(3) > 0;
      this.failure = fails ? Optional.of(KINDS[random.nextInt(KINDS.length)]) : Optional.empty();
      gauge.opened();
    }

    @Override
    public StreamEvent next() {
      if (given == 0 && events > 0) {
        given++;
        return new StreamEvent.Started("m");
      }
      if (given++ < events) {
        return new StreamEvent.TextDelta("x");
      }
      if (stalls) {
        awaitClosed();
      }
      end();
      if (failure.isPresent() || events == 0) {
        ErrorKind kind = failure.orElse(ErrorKind.CUT);
        throw new BackendException(kind, "It failed.").withRetryAfter(Duration.ofMillis(300));
      }
      return ScriptedBackend.FINISH;
    }

    private void awaitClosed() {
      try {
        closed.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      throw new BackendException(ErrorKind.CUT, "closed");
    }

    private void end() {
      if (ended.compareAndSet(false, true)) {
        gauge.open.decrementAndGet();
      }
    }

    @Override
    public void close() {
      end();
      closed.countDown();
    }
  }

  private Gauge backend(String name, Random seeds) {
    Gauge gauge = new Gauge();
    CallPolicy policy =
        new CallPolicy(
            Timeouts.DEFAULT,
            new RetryConfig(MAX_ATTEMPTS, Duration.ofMillis(200), Duration.ofSeconds(5)),
            new ConcurrencyConfig(Optional.of(LIMIT), 20, Duration.ofSeconds(3)),
            new BreakerConfig(true, 70, 20, Duration.ofSeconds(5), Duration.ofSeconds(1), 2));
    ScriptedBackend backend = gateway.backend(name, policy);
    for (int i = 0; i < CALLS * (MAX_ATTEMPTS + 1); i++) {
      Random random = new Random(seeds.nextLong());
      backend.then(_ -> new RandomStream(gauge, random));
    }
    return gauge;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingLeaks(long seed) throws Exception {
    Random random = new Random(seed);
    List<Gauge> gauges = List.of(backend("a", random), backend("b", random));
    gateway.route("smart", true, target("a"), target("b"));
    List<BackendCall> calls = new ArrayList<>();
    CountDownLatch running = new CountDownLatch(CALLS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS; i++) {
        BackendCall call = gateway.call(random.nextBoolean() ? "smart" : "b/m");
        calls.add(call);
        threads.execute(() -> read(call, running));
        BackendCall leaving = calls.get(random.nextInt(calls.size()));
        if (random.nextInt(3) == 0) {
          threads.execute(leaving::close);
        }
        gateway.clock.advance(Duration.ofMillis(random.nextInt(50)));
      }
      while (!running.await(1, TimeUnit.MILLISECONDS)) {
        gateway.clock.advance(Duration.ofSeconds(1));
      }
    }
    calls.forEach(RandomCallsTest::assertToldTruly);
    for (String name : List.of("a", "b")) {
      assertThat(gateway.service(name).pipeline().inFlight()).isZero();
      assertThat(gateway.service(name).pipeline().queued()).isZero();
    }
    assertThat(gauges).allSatisfy(gauge -> assertThat(gauge.open).hasValue(0));
    assertThat(gauges).allSatisfy(gauge -> assertThat(gauge.most.get()).isBetween(2, LIMIT));
    assertThat(gateway.clock.hasAlarms()).isFalse();
    assertThat(calls)
        .extracting(BackendCall::outcome)
        .as("what must not be missing; an answer that is cut is too rare to be sure of")
        .contains(Outcome.FINISHED, Outcome.FAILED, Outcome.CANCELLED);
  }

  private static void read(BackendCall call, CountDownLatch running) {
    try (call) {
      Completion.of(call);
    } catch (BackendException told) {
      assertThat(told.message()).isNotEmpty();
    } finally {
      running.countDown();
    }
  }

  private static void assertToldTruly(BackendCall call) {
    List<Attempt> attempts = call.attempts();
    assertThat(call.outcome()).isNotEqualTo(Outcome.RUNNING);
    assertThat(attempts).hasSizeLessThanOrEqualTo(MAX_ATTEMPTS + 1);
    assertThat(attempts).extracting(Attempt::outcome).doesNotContain(Outcome.RUNNING);
    if (call.outcome() == Outcome.FINISHED) {
      assertThat(attempts.getLast().outcome()).isEqualTo(Outcome.FINISHED);
    } else {
      assertThat(attempts).extracting(Attempt::outcome).doesNotContain(Outcome.FINISHED);
    }
  }
}
