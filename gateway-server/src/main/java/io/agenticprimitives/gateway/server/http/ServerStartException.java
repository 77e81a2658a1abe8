package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.ServerConfig;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;

/// The server cannot listen. The message is for the operator.
public final class ServerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }

  static ServerStartException of(ServerConfig config, Throwable failure) {
    String address = config.host() + ", port " + config.port();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
        return new ServerStartException(
            "Cannot listen on "
                + address
                + ": another process has that port. Stop it, or choose another with --port or"
                + " server.port.",
            failure);
      }
      if (cause instanceof SocketException || cause instanceof UnresolvedAddressException) {
        return new ServerStartException(
            "Cannot listen on %s: %s. Check server.host and server.port."
                .formatted(address, cause.getMessage()),
            failure);
      }
    }
    return new ServerStartException("The HTTP server does not start: " + failure, failure);
  }
}
