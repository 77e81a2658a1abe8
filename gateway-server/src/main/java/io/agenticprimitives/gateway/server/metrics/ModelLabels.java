package io.agenticprimitives.gateway.server.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Decides which names of models one backend's metrics may have. Callers can write anything there,
/// so a name counts only if it is configured or listed by the upstream, or if the upstream has
/// answered under it; and of the latter, which an upstream that answers to every name would let
/// grow without end, only so many. All others are [#OTHER]. Thread-safe.
final class ModelLabels {
  /// Any name that does not count.
  static final String OTHER = "other";

  /// No name was given and none is known.
  static final String DEFAULT = "default";

  private static final int MOST_KNOWN = 200;
  private static final int MOST_CONFIRMED = 50;
  private static final int MAX_LENGTH = 200;

  private final Predicate<String> isKnown;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

  /// @param isKnown whether a name is configured or listed
  ModelLabels(Predicate<String> isKnown) {
    this.isKnown = isKnown;
  }

  String of(EndedCall call) {
    if (call.isFinished()) {
      confirm(call.askedModel());
      confirm(call.answeredModel());
    }
    String name = call.model();
    return name.isEmpty() ? DEFAULT : isAdmitted(name) ? name : OTHER;
  }

  private boolean isAdmitted(String name) {
    if (known.contains(name) || confirmed.contains(name)) {
      return true;
    }
    if (name.length() <= MAX_LENGTH && known.size() < MOST_KNOWN && isKnown.test(name)) {
      known.add(name);
      return true;
    }
    return false;
  }

  private void confirm(String name) {
    if (!name.isEmpty() && name.length() <= MAX_LENGTH && !isAdmitted(name)) {
      synchronized (this) {
        if (confirmed.size() < MOST_CONFIRMED) {
          confirmed.add(name);
        }
      }
    }
  }
}
