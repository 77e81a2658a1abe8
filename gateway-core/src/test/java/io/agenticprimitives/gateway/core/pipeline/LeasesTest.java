package io.agenticprimitives.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeasesTest {
  private final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Leases leases =
      new Leases(
          () -> {
            closed.incrementAndGet();
            end.countDown();
          });

  @Test
  void whatNobodyUsesIsClosedWhereItIsGivenUp() {
    leases.retire();
    leases.retire();

    assertThat(closed).hasValue(1);
    assertThat(leases.tryAcquire()).isFalse();
  }

  @Test
  void whatIsUsedIsClosedByTheLastWhoLeaves() throws Exception {
    assertThat(leases.tryAcquire()).isTrue();
    assertThat(leases.tryAcquire()).isTrue();
    leases.retire();
    leases.release();
    assertThat(closed).hasValue(0);

    leases.release();

    assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(closed).hasValue(1);
  }

  @Test
  void whatIsNotGivenUpStaysOpen() {
    assertThat(leases.tryAcquire()).isTrue();
    leases.release();

    assertThat(leases.tryAcquire()).isTrue();
    assertThat(closed).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itIsClosedOnceAndNeverWhileSomebodyIsInside(long seed) throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger insideAtTheEnd = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch used = new CountDownLatch(1_000);
    Leases shared =
        new Leases(
            () -> {
              insideAtTheEnd.set(inside.get());
              ends.incrementAndGet();
              over.countDown();
            });
    List<Future<?>> users = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        Random random = new Random(seed * 100 + i);
        users.add(executor.submit(() -> use(shared, inside, random, used)));
      }
      assertThat(used.await(10, TimeUnit.SECONDS)).isTrue();
      shared.retire();
      for (Future<?> user : users) {
        user.get(30, TimeUnit.SECONDS);
      }
    }

    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ends).hasValue(1);
    assertThat(insideAtTheEnd).hasValue(0);
  }

  private static void use(Leases leases, AtomicInteger inside, Random random, CountDownLatch used) {
    while (leases.tryAcquire()) {
      inside.incrementAndGet();
      for (int i = random.nextInt(50); i > 0; i--) {
        Thread.onSpinWait();
      }
      inside.decrementAndGet();
      leases.release();
      used.countDown();
    }
  }
}
