package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Failures before an answer came. The address stays out of the message, which callers see; the
/// cause has it for the log.
final class ConnectionFailures {
  private ConnectionFailures() {}

  static BackendException of(String backend, IOException failure) {
    return new BackendException(
        kindOf(failure), "Backend '" + backend + "' " + told(failure), failure);
  }

  private static ErrorKind kindOf(IOException failure) {
    if (failure instanceof SocketTimeoutException) {
      return ErrorKind.TIMEOUT;
    }
    if (Thread.currentThread().isInterrupted()) {
      return ErrorKind.CANCELLED;
    }
    if (failure instanceof InterruptedIOException) {
      return ErrorKind.TIMEOUT;
    }
    return failure instanceof ProtocolException
        ? ErrorKind.UPSTREAM_FAILURE
        : ErrorKind.UNREACHABLE;
  }

  private static String told(IOException failure) {
    if (kindOf(failure) == ErrorKind.CANCELLED) {
      return "was not waited for: the call was given up.";
    }
    return switch (failure) {
      case UnknownHostException _ ->
          "cannot be reached: its host name is unknown. Check the name in base_url (or proxy).";
      case SocketTimeoutException _ ->
          "cannot be reached: connecting took too long (timeouts.connect).";
      case InterruptedIOException _ -> "did not answer in time.";
      case ConnectException _ ->
          "cannot be reached: the connection was refused. Is its server running, and is the port in"
              + " base_url right?";
      case NoRouteToHostException _ -> "cannot be reached: there is no route to its host.";
      case SSLException tls -> "cannot be reached: " + told(tls);
      case ProtocolException _ ->
          "did not answer in HTTP. Does base_url name the right port, and http or https rightly?";
      default -> other(failure);
    };
  }

  private static String told(SSLException failure) {
    if (failure instanceof SSLPeerUnverifiedException) {
      return "its TLS certificate is for another host than the one in base_url.";
    }
    if (hasCause(failure, CertificateExpiredException.class)) {
      return "its TLS certificate has expired.";
    }
    if (failure instanceof SSLHandshakeException
        && hasCause(failure, GeneralSecurityException.class)) {
      return "its TLS certificate is not trusted. If a private authority signed it, put the"
          + " certificate of that authority into a PEM file and name it in ca_certificate.";
    }
    return "TLS failed. Does base_url say https where the server speaks plain http?";
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    Throwable cause = failure.getCause();
    while (cause != null && !type.isInstance(cause)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /// What the HTTP client says of proxies is told by words alone.
  private static String other(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    if (words.startsWith("Failed to authenticate with proxy")) {
      return "cannot be reached: the proxy refuses the user and password in proxy.";
    }
    if (words.startsWith("Unexpected response code for CONNECT")) {
      return "cannot be reached: the proxy refuses to connect to it.";
    }
    return "closed the connection before it answered.";
  }
}
