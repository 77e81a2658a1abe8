package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// Failures before an answer came. The address stays out of the message, which callers see; the
/// cause has it for the log.
final class ConnectionFailures {
  private ConnectionFailures() {}

  static BackendException of(String backend, IOException failure) {
    String name = "Backend '" + backend + "'";
    String message =
        switch (failure) {
          case UnknownHostException _ ->
              name
                  + " cannot be reached: the host is unknown. Check region and endpoint_url, and"
                  + " whether Bedrock is there in that region.";
          case SocketTimeoutException _ ->
              name + " cannot be reached: connecting took too long (timeouts.connect).";
          case ConnectException _ -> name + " cannot be reached: the connection was refused.";
          case NoRouteToHostException _ ->
              name + " cannot be reached: there is no route to its host.";
          case SSLException _ -> name + " cannot be reached: TLS failed.";
          case InterruptedIOException _ -> name + " was given up before it answered.";
          default -> name + " closed the connection before it answered.";
        };
    ErrorKind kind =
        failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException)
            ? ErrorKind.CANCELLED
            : ErrorKind.UNREACHABLE;
    return new BackendException(kind, message, failure);
  }
}
