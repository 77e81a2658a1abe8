package io.agenticprimitives.gateway.testkit;

/// A request that is not well-formed HTTP/1.1, or larger than allowed. After it nothing more can be
/// read from the connection.
final class RequestRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  RequestRefused(int status, String reason) {
    super(reason);
    this.reason = reason;
    this.status = status;
  }

  String reason() {
    return reason;
  }

  int status() {
    return status;
  }
}
