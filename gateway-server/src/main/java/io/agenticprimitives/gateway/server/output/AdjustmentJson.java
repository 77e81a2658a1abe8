package io.agenticprimitives.gateway.server.output;

import io.agenticprimitives.gateway.core.Adjustment;
import java.util.Locale;

/// How callers of all dialects, and headers, see an adjustment.
public final class AdjustmentJson {
  private AdjustmentJson() {}

  /// Writes one as an object of `path`, `action` and `reason`.
  public static void write(Adjustment adjustment, JsonBuffer json) {
    json.object()
        .field("path", adjustment.path())
        .field("action", adjustment.action().name().toLowerCase(Locale.ROOT))
        .field("reason", adjustment.reason())
        .endObject();
  }
}
