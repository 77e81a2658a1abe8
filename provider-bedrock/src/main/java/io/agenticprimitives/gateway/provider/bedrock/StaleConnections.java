package io.agenticprimitives.gateway.provider.bedrock;

import java.io.IOException;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Sends a request a second time, only if the upstream cannot have seen it: it was written to a
/// kept connection that the upstream had closed.
final class StaleConnections implements Interceptor {
  private final ConnectionPool pool;

  /// @param pool of the client; the other connections that were kept as long have probably ended
  ///   too
  StaleConnections(ConnectionPool pool) {
    this.pool = pool;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (IOException failure) {
      boolean stale = ConnectionTrace.of(chain.request()).wasStale(failure);
      if (!stale || chain.call().isCanceled()) {
        throw failure;
      }
      pool.evictAll();
      return chain.proceed(chain.request());
    }
  }
}
