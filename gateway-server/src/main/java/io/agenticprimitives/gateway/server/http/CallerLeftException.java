package io.agenticprimitives.gateway.server.http;

/// The caller has left; nothing is written any more.
final class CallerLeftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CallerLeftException() {
    super("The caller has left", null, false, false);
  }
}
