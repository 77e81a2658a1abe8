package io.agenticprimitives.gateway.core.pipeline;

/// On whose behalf threads are inside a plugin. Any thread may call it, and must not be kept.
interface Visitor {
  /// Nobody in particular.
  Visitor NOBODY = new Visitor() {};

  /// All have come out, and nobody goes in any more.
  default void out() {}

  /// The plugin keeps a thread although the call is over.
  default void abandoned() {}
}
