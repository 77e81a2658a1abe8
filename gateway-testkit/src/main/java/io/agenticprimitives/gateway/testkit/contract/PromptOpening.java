package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.ServerCredentials;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Opens a backend, which must not take long.
final class PromptOpening {
  /// Enough for loading any library on a busy machine, and less than anybody waits for an upstream.
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private record Context(
      String backendName, Duration connectTimeout, ServerCredentials serverCredentials)
      implements BackendContext {}

  private PromptOpening() {}

  /// @throws RuntimeException what the provider throws
  static Backend open(ProviderUnderTest provider, Record config) throws InterruptedException {
    FutureTask<Backend> opening =
        new FutureTask<>(
            () ->
                provider.open(
                    config,
                    new Context("contract", Duration.ofSeconds(5), ServerCredentials.FALLBACK)));
    Thread thread = Thread.ofPlatform().daemon().name("open-backend").start(opening);
    try {
      return opening.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException told) {
        throw told;
      }
      throw new IllegalStateException("open(...) failed", failure.getCause());
    } catch (TimeoutException tooLate) {
      throw Advice.error(
          "open(...) has not returned after %d s. It is at %s"
              .formatted(LIMIT.toSeconds(), Arrays.toString(thread.getStackTrace())),
          "The gateway starts while upstreams are down: a backend is opened all the same, and its"
              + " calls fail. One that waits in open holds up all others.",
          "Connect when the first call comes, or in health.");
    }
  }
}
