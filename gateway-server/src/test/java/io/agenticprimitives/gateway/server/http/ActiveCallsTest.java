package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ActiveCallsTest {
  /// Its body may have come in slowly, so that it had a place long before it could be ended.
  @Test
  void aCallThatBeginsAfterAllOthersWereEndedEndsLikeThem() throws Exception {
    ActiveCalls calls = new ActiveCalls(2);
    calls.enter();
    calls.stopEntering();
    calls.endAll();
    CountDownLatch ended = new CountDownLatch(1);

    ActiveCall late = calls.begin(ended::countDown);

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(calls.release(late)).contains(ActiveCall.Ending.SHUTDOWN);
  }

  /// A connection that waits for its next request still knows the last call.
  @Test
  void aCallThatIsOverKeepsNothingInMemory() {
    AtomicBoolean cancelled = new AtomicBoolean();
    WeakReference<AtomicBoolean> kept = new WeakReference<>(cancelled);
    ActiveCall call = ending(cancelled);
    cancelled = null;
    call.release();
    System.gc();
    assertThat(kept.get()).isNull();
    assertThat(call.isOver()).isTrue();
  }

  private static ActiveCall ending(AtomicBoolean cancelled) {
    return new ActiveCall(() -> cancelled.set(true));
  }
}
