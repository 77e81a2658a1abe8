package io.agenticprimitives.gateway.server.reload;

import io.agenticprimitives.gateway.core.BackendChanges;
import io.agenticprimitives.gateway.core.config.Problem;
import io.agenticprimitives.gateway.core.plugin.PluginChanges;
import java.util.List;

/// What came of reading the configuration again.
public sealed interface ReloadResult {
  /// It serves now.
  ///
  /// @param warnings what an operator should know, a sentence each
  record Applied(BackendChanges backends, PluginChanges plugins, List<String> warnings)
      implements ReloadResult {
    public Applied {
      warnings = List.copyOf(warnings);
    }
  }

  /// It cannot work; what served before goes on.
  ///
  /// @param source where it came from, for messages
  /// @param problems what is wrong with it, at least one
  /// @param count how many problems there are, those included that were not kept
  record Refused(String source, List<Problem> problems, int count) implements ReloadResult {
    public Refused {
      problems = List.copyOf(problems);
    }

    /// For those who may know that something is wrong, but not what.
    public String summary() {
      return "%s has %d problem%s; the configuration before it serves. The log has them."
          .formatted(source, count, count == 1 ? "" : "s");
    }
  }
}
