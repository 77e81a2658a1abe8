package io.agenticprimitives.gateway.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// What is known of a request before anybody has looked at what it wants.
///
/// @param ids of the request
/// @param connection that it came in on
/// @param startedAt when its headers were complete, of [System#nanoTime()]
record Exchange(RequestIds ids, EndPoint connection, long startedAt) {
  private static final String ATTRIBUTE = Exchange.class.getName();

  /// Takes note of a request that has just come in.
  static Exchange begin(Request request) {
    Exchange exchange =
        new Exchange(
            RequestIds.of(request.getHeaders()),
            request.getConnectionMetaData().getConnection().getEndPoint(),
            System.nanoTime());
    request.setAttribute(ATTRIBUTE, exchange);
    return exchange;
  }

  /// What was noted of a request.
  static Exchange of(HttpServletRequest request) {
    return (Exchange) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
  }

  /// Ends the connection in the middle of an answer, so that its end cannot be taken for a good
  /// one. What was sent before still arrives.
  void breakOff() {
    connection.shutdownOutput();
    connection.close();
  }

  String requestId() {
    return ids.request();
  }
}
