package io.agenticprimitives.gateway.server.http;

/// The headers that the gateway reads or writes beyond those of HTTP itself.
final class HeaderNames {
  static final String REQUEST_ID = "X-Request-Id";
  static final String CORRELATION_ID = "X-Correlation-Id";
  static final String GATEWAY_PROVIDER = "X-Gateway-Provider";
  static final String GATEWAY_ATTEMPTS = "X-Gateway-Attempts";
  static final String GATEWAY_ADJUSTMENTS = "X-Gateway-Adjustments";
  static final String UPSTREAM_REQUEST_ID = "X-Upstream-Request-Id";
  static final String GATEWAY_MODE = "X-Gateway-Mode";
  static final String GATEWAY_TOOL_EVENTS = "X-Gateway-Tool-Events";
  static final String PROVIDER = "X-Provider";
  static final String PROVIDER_LLM = "X-Provider-LLM";
  static final String API_KEY = "X-Api-Key";

  private HeaderNames() {}
}
