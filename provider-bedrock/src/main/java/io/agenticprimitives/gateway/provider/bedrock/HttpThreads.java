package io.agenticprimitives.gateway.provider.bedrock;

import java.util.concurrent.TimeUnit;
import okhttp3.internal.concurrent.TaskRunner;

/// The threads of the HTTP library, which it shares among all clients. It keeps those that have
/// nothing to do for a minute, and has no way to end them; so long they would keep an unloaded
/// plugin in memory (square/okhttp#6173).
final class HttpThreads {
  private static final long IDLE_MILLIS = 50;

  private HttpThreads() {}

  /// Lets the threads end as soon as they have nothing to do. Once more is no harm.
  static void endWhenIdle() {
    if (TaskRunner.INSTANCE.getBackend() instanceof TaskRunner.RealBackend threads) {
      threads.getExecutor().setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
