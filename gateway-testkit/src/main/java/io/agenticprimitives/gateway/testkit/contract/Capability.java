package io.agenticprimitives.gateway.testkit.contract;

/// What not every backend can do. What is declared must work; what is not must be refused, or
/// reported with [CallContext.adjusted][io.agenticprimitives.gateway.api.CallContext#adjusted].
public enum Capability {
  /// The model calls functions of the caller.
  TOOLS,
  /// Several in one answer.
  PARALLEL_TOOL_CALLS,
  /// Reasoning that can be read.
  REASONING,
  /// Pictures in the request itself.
  IMAGES,
  /// Documents in the request itself.
  DOCUMENTS,
  /// Sound in the request itself.
  AUDIO,
  /// Answers after a JSON Schema.
  JSON_SCHEMA,
  /// The upstream says what an answer cost.
  USAGE,
  /// The upstream lists its models.
  MODEL_LIST
}
