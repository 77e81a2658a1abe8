package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/// Says why there is no answer at all, without the address.
final class ConnectionFailures {
  private ConnectionFailures() {}

  /// @param failure as the JDK's client throws it
  static BackendException explain(Throwable failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _ ->
          new BackendException(
              ErrorKind.TIMEOUT, "Connecting to the upstream took too long.", failure);
      case ConnectException unknown
          when unknown.getCause() instanceof ConnectException inner
              && inner.getCause() instanceof UnresolvedAddressException ->
          unreachable("its host name is unknown", failure);
      case ConnectException _ -> unreachable("the connection was refused", failure);
      case SSLException _ -> unreachable("TLS failed", failure);
      case ProtocolException _ ->
          new BackendException(
              ErrorKind.UPSTREAM_FAILURE, "The upstream's answer is not HTTP.", failure);
      default -> unreachable("the connection ended before its answer was complete", failure);
    };
  }

  private static BackendException unreachable(String why, Throwable failure) {
    return new BackendException(
        ErrorKind.UNREACHABLE, "The upstream could not be reached: " + why + ".", failure);
  }
}
