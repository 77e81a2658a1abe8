package io.agenticprimitives.gateway.server.metrics;

/// What a call asks of a backend, in the words of the original project (its `method`) and of
/// OpenTelemetry's GenAI conventions (`gen_ai.operation.name`).
public enum Operation {
  COMPLETE("route_request", "chat"),
  STREAM("route_request_stream", "chat"),
  EMBED("route_embeddings", "embeddings"),
  LIST_MODELS("list_models", "");

  private final String method;
  private final String genAiName;

  Operation(String method, String genAiName) {
    this.method = method;
    this.genAiName = genAiName;
  }

  /// The original project's word.
  public String method() {
    return method;
  }

  /// OpenTelemetry's word; empty if it has none, because no model is at work.
  public String genAiName() {
    return genAiName;
  }
}
