package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.breaking;
import static io.agenticprimitives.gateway.core.TestGateway.limited;
import static io.agenticprimitives.gateway.core.TestGateway.retrying;
import static io.agenticprimitives.gateway.core.TestGateway.target;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.blocks;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.BlockingStream;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// Vectors go the way that completions go.
class EmbeddingsCallTest {
  private final TestGateway gateway = new TestGateway();

  private static FutureTask<String> awaiting(EmbeddingsCall call) {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              String model = call.await().model();
              // What ended one call must not reach what the thread does next.
              return Thread.currentThread().isInterrupted() ? "interrupted" : model;
            });
    Thread.ofVirtual().start(task);
    return task;
  }

  /// Waits until it is interrupted, as plugins do.
  private static ScriptedBackend.Script hangs(CountDownLatch waiting) {
    return _ -> {
      waiting.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      throw new BackendException(ErrorKind.CANCELLED, "interrupted");
    };
  }

  @Test
  void aFailureThatMayPassIsTriedAgain() throws Exception {
    gateway.backend("a", retrying(2)).then(fails(ErrorKind.OVERLOADED));
    EmbeddingsCall call = gateway.embeddings("m");
    FutureTask<String> answer = awaiting(call);
    gateway.clock.awaitAlarm(Duration.ofMillis(250));
    gateway.clock.advance(Duration.ofMillis(250));

    assertThat(answer.get()).isEqualTo("m");
    assertThat(call.call().attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FINISHED);
    assertThat(call.call().outcome()).isEqualTo(Outcome.FINISHED);
  }

  @Test
  void placesAreSharedWithCompletions() throws Exception {
    BlockingStream completion = new BlockingStream();
    gateway.backend("a", limited(1, 0)).then(blocks(completion));
    BackendCall first = gateway.call("");
    FutureTask<String> running = TestGateway.reading(first);
    completion.awaitWaiting();

    assertThatThrownBy(() -> gateway.embeddings("m").await())
        .isInstanceOfSatisfying(
            BackendException.class, f -> assertThat(f.kind()).isEqualTo(ErrorKind.OVERLOADED));
    first.close();
    assertThatThrownBy(running::get).hasCauseInstanceOf(BackendException.class);
    assertThat(gateway.embeddings("m").await().model()).isEqualTo("m");
    assertThat(gateway.service("a").load().inFlight()).isZero();
  }

  @Test
  void failuresCountForTheCircuitBreaker() {
    BreakerConfig two =
        new BreakerConfig(true, 50, 2, Duration.ofSeconds(30), Duration.ofSeconds(10), 1);
    gateway
        .backend("a", breaking(two))
        .then(fails(ErrorKind.UPSTREAM_FAILURE), fails(ErrorKind.UPSTREAM_FAILURE));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> gateway.embeddings("m").await()).hasMessageContaining("It is");
    }
    assertThatThrownBy(() -> gateway.embeddings("m").await()).hasMessageContaining("left alone");
  }

  @Test
  void closingInterruptsThePluginAndFreesThePlace() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    gateway.backend("a", limited(1, 0)).then(hangs(waiting));
    EmbeddingsCall call = gateway.embeddings("m");
    FutureTask<String> answer = awaiting(call);
    waiting.await();
    call.close();

    assertThatThrownBy(answer::get).rootCause().hasMessageContaining("given up");
    assertThat(call.call().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(gateway.service("a").load().inFlight()).isZero();
  }

  @Test
  void aBackendThatTakesTooLongIsInterrupted() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    gateway.backend("a", TestGateway.BARE).then(hangs(waiting));
    FutureTask<String> answer = awaiting(gateway.embeddings("m"));
    waiting.await();
    gateway.clock.advance(TestGateway.BARE.timeouts().firstEvent());

    assertThatThrownBy(answer::get).rootCause().hasMessageContaining("its deadline 'first_event'");
  }

  @Test
  void theFirstTargetOfARouteThatCannotServeIsNotReplaced() {
    gateway.backend("a", TestGateway.BARE);
    gateway.unavailable("b");
    gateway.route("vectors", true, target("b"), target("a"));
    assertThatThrownBy(() -> gateway.embeddings("vectors").await())
        .hasMessageContaining("Backend 'b' is not available");
  }
}
