package io.agenticprimitives.gateway.testkit;

import java.util.List;

/// One request as it was read from a connection.
///
/// @param target path and query as sent, nothing decoded
/// @param keepAlive whether the client expects to send another request on the connection
record RequestMessage(
    String method, String target, List<Header> headers, Payload body, boolean keepAlive) {}
