package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A thread that waits for the next event of a stream.
///
/// @param task what the thread does
record Pulling(FutureTask<StreamEvent> task) {
  /// Longer than anything takes that works, on a busy machine.
  static final Duration AT_MOST = Duration.ofSeconds(20);

  /// What "at once" means where a machine is busy. Nothing that does not work is as fast: all
  /// time-outs in these tests are longer.
  static final Duration AT_ONCE = Duration.ofSeconds(2);

  /// Takes so many events of the gateway's own vocabulary.
  static void skip(EventStream stream, int events) {
    for (int i = 0; i < events; i++) {
      StreamEvent event = stream.next();
      while (event instanceof StreamEvent.DialectField) {
        event = stream.next();
      }
    }
  }

  /// Starts to wait.
  static Pulling from(EventStream stream) {
    FutureTask<StreamEvent> task = new FutureTask<>(stream::next);
    Thread.ofVirtual().name("puller").start(task);
    return new Pulling(task);
  }

  /// The failure with which the wait ends.
  BackendException failure(Duration limit) throws Exception {
    try {
      throw new AssertionError(
          "There was an event: " + task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof BackendException told) {
        return told;
      }
      throw new AssertionError("Not a BackendException", failed.getCause());
    } catch (TimeoutException waits) {
      throw new AssertionError("The thread still waits after " + limit, waits);
    }
  }

  /// Checks that the wait ends at once because the call was given up.
  void assertGivenUp() throws Exception {
    BackendException failure = failure(AT_ONCE);
    assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(failure.message()).contains("'mine'");
  }

  /// The failure of a stream, whenever it comes.
  static BackendException failureOf(EventStream stream) {
    try (stream) {
      Completion.of(stream);
    } catch (BackendException told) {
      return told;
    }
    throw new AssertionError("The stream did not fail");
  }

  /// The whole text of an answer.
  static String textOf(EventStream stream) {
    try (stream) {
      return Completion.of(stream).text();
    }
  }
}
