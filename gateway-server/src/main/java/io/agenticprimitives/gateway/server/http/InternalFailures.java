package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Faults of the gateway or of a plugin: the log has them, and the caller is told where to look.
final class InternalFailures {
  private static final Logger log = LoggerFactory.getLogger(InternalFailures.class);

  private InternalFailures() {}

  /// Writes a fault down.
  ///
  /// @return what the caller is told
  static Failure of(String requestId, Throwable fault) {
    log.atError()
        .setCause(fault)
        .addKeyValue("request_id", requestId)
        .log("Request {} failed inside", requestId);
    return Failure.internal(requestId);
  }
}
