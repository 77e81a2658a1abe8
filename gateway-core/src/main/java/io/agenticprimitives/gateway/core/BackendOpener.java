package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.plugin.Plugins;

/// Turns configured backends into live ones.
final class BackendOpener {
  private final Plugins plugins;
  private final Problems problems;
  private final DeadlineTimer timer;

  BackendOpener(Plugins plugins, Problems problems, DeadlineTimer timer) {
    this.plugins = plugins;
    this.problems = problems;
    this.timer = timer;
  }
}
