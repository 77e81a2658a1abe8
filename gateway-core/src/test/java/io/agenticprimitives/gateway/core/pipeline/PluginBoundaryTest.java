package io.agenticprimitives.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PluginBoundaryTest {

  /// A plugin that does the same thing in each of its methods.
  private record Plugin(Supplier<RuntimeException> action) implements LlmBackend {
    @Override
    public EventStream stream(CompletionRequest request, CallContext call) {
      return new EventStream() {
        @Override
        public StreamEvent next() {
          throw action.get();
        }

        @Override
        public void close() {
          throw action.get();
        }
      };
    }

    @Override
    public List<ModelInfo> models(CallContext call) {
      throw action.get();
    }

    @Override
    public void close() {
      throw action.get();
    }
  }

  private static PluginBoundary boundary(Supplier<RuntimeException> action) {
    return new PluginBoundary(
        "local", new Plugin(action), PluginBoundaryTest.class.getClassLoader());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverAPluginThrowsIsAToldFailureWithoutItsInsides(Supplier<RuntimeException> action) {
    PluginBoundary boundary = boundary(action);
    EventStream stream = boundary.stream(Calls.request(Delivery.STREAMED), Calls.context());

    for (Runnable call : List.<Runnable>of(stream::next, () -> boundary.models(Calls.context()))) {
      assertThatThrownBy(call::run)
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERNAL))
          .hasMessageContaining("The provider of backend 'local'")
          .hasMessageNotContaining("secret");
    }
    assertThatCode(stream::close).doesNotThrowAnyException();
    assertThatCode(boundary::close).doesNotThrowAnyException();
  }

  static List<Supplier<RuntimeException>> failures() {
    return List.of(
        () -> new IllegalStateException("secret"),
        () -> {
          throw new NoClassDefFoundError("secret");
        },
        () -> {
          throw new StackOverflowError();
        });
  }

  @Test
  void aToldFailurePassesAsItIs() {
    BackendException told = new BackendException(ErrorKind.NOT_FOUND, "No such model.");
    PluginBoundary boundary = boundary(() -> told);
    assertThatThrownBy(() -> boundary.models(Calls.context())).isSameAs(told);
  }

  @Test
  void aFailureThatIsNotTheCallersSaysWhichBackendFailed() {
    BackendException told =
        new BackendException(ErrorKind.RATE_LIMITED, "Slow down.")
            .withRetryAfter(Duration.ofSeconds(2));
    PluginBoundary boundary = boundary(() -> told);
    assertThatThrownBy(() -> boundary.models(Calls.context()))
        .hasMessage("Backend 'local': Slow down.")
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2)));
  }

  @Test
  void thePluginsClassLoaderIsTheContextInsideOnly() throws Exception {
    try (URLClassLoader plugin = new URLClassLoader(new URL[0])) {
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      ClassLoader[] seen = new ClassLoader[1];
      PluginBoundary boundary =
          new PluginBoundary(
              "local",
              new Plugin(
                  () -> {
                    seen[0] = Thread.currentThread().getContextClassLoader();
                    return new BackendException(ErrorKind.INTERNAL, "seen");
                  }),
              plugin);
      assertThatThrownBy(() -> boundary.models(Calls.context()))
          .hasMessage("Backend 'local': seen");
      assertThat(seen[0]).isSameAs(plugin);
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
  }

  /// A plugin whose streams hold on to every thread until they are let go.
  private record Holding(Semaphore entered, CountDownLatch letGo) implements LlmBackend {
    @Override
    public EventStream stream(CompletionRequest request, CallContext call) {
      entered.release();
      while (letGo.getCount() > 0) {
        try {
          letGo.await();
        } catch (InterruptedException ignored) {
          // That is what is wrong with it.
        }
      }
      return EventStream.of(List.of());
    }

    @Override
    public List<ModelInfo> models(CallContext call) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private record Counting(CountDownLatch abandonedCalls, CountDownLatch returnedCalls)
      implements Visitor {
    @Override
    public void abandoned() {
      abandonedCalls.countDown();
    }

    @Override
    public void out() {
      returnedCalls.countDown();
    }
  }

  @Test
  void aBackendThatKeepsTooManyThreadsGetsNoMoreCalls() throws Exception {
    int most = Visits.MOST_ABANDONED;
    Semaphore entered = new Semaphore(0);
    CountDownLatch letGo = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    PluginBoundary boundary =
        new PluginBoundary(
            "local",
            new Holding(entered, letGo),
            PluginBoundaryTest.class.getClassLoader(),
            closed::countDown);
    Counting counting = new Counting(new CountDownLatch(most), new CountDownLatch(most));
    for (int i = 0; i < most; i++) {
      EventStream stream =
          boundary.stream(Calls.request(Delivery.STREAMED), Calls.context(), counting);
      Thread.ofVirtual()
          .start(() -> assertThatThrownBy(stream::next).isInstanceOf(BackendException.class));
      entered.acquire();
      stream.close();
    }
    boundary.models(Calls.context());
    counting.abandonedCalls().await();

    assertThat(boundary.abandoned()).isEqualTo(most);
    assertThatThrownBy(() -> boundary.stream(Calls.request(Delivery.STREAMED), Calls.context()))
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessage(
            "Backend 'local' gets no more calls: its provider has not come back from 100 that are"
                + " over.");
    boundary.close();
    closed.await();

    letGo.countDown();
    counting.returnedCalls().await();
    assertThat(boundary.abandoned()).isZero();
  }

  /// A method that the API gains later must not slip past the boundary.
  @Test
  void everyMethodOfABackendGoesThroughTheBoundary() {
    for (Method method : LlmBackend.class.getMethods()) {
      assertThat(
              Arrays.stream(PluginBoundary.class.getDeclaredMethods())
                  .anyMatch(
                      own ->
                          own.getName().equals(method.getName())
                              && Arrays.equals(
                                  own.getParameterTypes(), method.getParameterTypes())))
          .as(method.getName())
          .isTrue();
    }
  }
}
