package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.core.LlmServices.Slot;
import io.agenticprimitives.gateway.core.config.BackendConfig;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.PrimitiveConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.config.RecordBinder;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.pipeline.PluginBoundary;
import io.agenticprimitives.gateway.core.plugin.InstalledProvider;
import io.agenticprimitives.gateway.core.plugin.PluginException;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.core.plugin.UnknownProviderException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
