package io.agenticprimitives.gateway.api;

/// One configured upstream, live from [Provider#open] to [#close()]. Thread-safe.
public interface Backend extends AutoCloseable {

  /// Asks whether the upstream can serve calls now. It may wait for the upstream; the gateway
  /// bounds the time and interrupts the thread when it is up. The default claims nothing but that
  /// the backend is open.
  default Health health(CallContext call) {
    return Health.OK;
  }

  /// Releases everything: connections, threads, files. It is called once, when the last call has
  /// ended, and nothing is called after it.
  @Override
  void close();
}
