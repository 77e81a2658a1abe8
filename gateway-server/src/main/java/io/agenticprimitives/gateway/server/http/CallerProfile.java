package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.agenticprimitives.gateway.core.config.ToolEventsMode;
import io.agenticprimitives.gateway.server.nativeapi.ToolEventStyle;
import io.agenticprimitives.gateway.server.output.Failure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is done differently for some callers, and why.
///
/// The Python client of the original project, with its adapters for LangChain and Strands, cannot
/// be changed and has faults that a server can work around. It is known by its `User-Agent`,
/// `python-httpx/...`.
///
/// - Both adapters read streamed tool calls wrongly in the documented order: LangChain doubles
///   names and arguments, Strands loses arguments or fails where calls overlap. They get
///   [ToolEventStyle#ASSEMBLED].
/// - A synchronous LangChain caller uses one pooled connection from a new event loop for each call,
///   and every second call fails. It does not if the connection is closed after each answer.
///
/// @param toolEvents how streamed tool calls appear
/// @param closeConnection whether the connection ends with the answer
record CallerProfile(ToolEventStyle toolEvents, boolean closeConnection) {
  private static final String PYTHON_CLIENT = "python-httpx";

  /// @param userAgent the header, null if there is none
  /// @param wanted the header `X-Gateway-Tool-Events`, null if there is none
  /// @param config what the operator wants
  /// @throws RequestRefusedException if the wanted style is none
  static CallerProfile of(
      @Nullable String userAgent, @Nullable String wanted, ServerConfig config) {
    boolean python = userAgent != null && userAgent.startsWith(PYTHON_CLIENT);
    ToolEventsMode mode = wanted == null ? config.toolEvents() : mode(wanted);
    ToolEventStyle style =
        switch (mode) {
          case DOCUMENTED -> ToolEventStyle.DOCUMENTED;
          case ASSEMBLED -> ToolEventStyle.ASSEMBLED;
          case AUTO -> python ? ToolEventStyle.ASSEMBLED : ToolEventStyle.DOCUMENTED;
        };
    return new CallerProfile(style, python && config.closePythonConnections());
  }

  private static ToolEventsMode mode(String wanted) {
    return switch (wanted.strip().toLowerCase(Locale.ROOT)) {
      case "documented" -> ToolEventsMode.DOCUMENTED;
      case "assembled" -> ToolEventsMode.ASSEMBLED;
      case "auto" -> ToolEventsMode.AUTO;
      default ->
          throw new RequestRefusedException(
              Failure.of(
                  400,
                  "invalid_request",
                  HeaderNames.GATEWAY_TOOL_EVENTS
                      + " must be 'documented', 'assembled' or 'auto'."));
    };
  }
}
