package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.distribution.SoakOutcomes.Outcome;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A moment of a soak.
///
/// @param second since the load began
/// @param collectedHeap after a collection of all garbage, in MB; not measured every time
/// @param loaders class loaders of plugins after that collection
/// @param virtualThreads that the JVM knows of
record SoakSample(
    long second,
    long calls,
    long finished,
    long failed,
    long left,
    long refused,
    int underWay,
    Vitals.Look look,
    int upstreamConnections,
    OptionalDouble collectedHeap,
    OptionalInt loaders,
    OptionalInt virtualThreads) {
  static final String HEADER =
      "second,calls,finished,failed,left,refused,under_way,heap_mb,heap_after_gc_mb,metaspace_mb,"
          + "direct_mb,rss_mb,threads,virtual_threads,descriptors,sockets,plugin_jars,"
          + "plugin_loaders,upstream_connections";

  /// @param thorough whether garbage is collected and loaders and threads are counted
  static SoakSample take(
      long second, SoakOutcomes outcomes, Vitals vitals, int upstreamConnections, boolean thorough)
      throws IOException {
    OptionalDouble heap = OptionalDouble.empty();
    OptionalInt loaders = OptionalInt.empty();
    OptionalInt threads = OptionalInt.empty();
    if (thorough) {
      // Twice: what cleaners free is garbage after the first time.
      vitals.collectedHeap();
      heap = OptionalDouble.of(vitals.collectedHeap());
      loaders = OptionalInt.of(vitals.pluginLoaders());
      threads = OptionalInt.of(vitals.virtualThreads());
    }
    return new SoakSample(
        second,
        outcomes.all(),
        outcomes.count(Outcome.FINISHED),
        outcomes.count(Outcome.FAILED),
        outcomes.count(Outcome.LEFT),
        outcomes.count(Outcome.REFUSED),
        outcomes.underWay(),
        vitals.look(),
        upstreamConnections,
        heap,
        loaders,
        threads);
  }

  String csv() {
    return String.format(
        Locale.ROOT,
        "%d,%d,%d,%d,%d,%d,%d,%.1f,%s,%.1f,%.2f,%.1f,%d,%s,%d,%d,%d,%s,%d",
        second,
        calls,
        finished,
        failed,
        left,
        refused,
        underWay,
        look.heap(),
        collectedHeap.isPresent()
            ? String.format(Locale.ROOT, "%.1f", collectedHeap.getAsDouble())
            : "",
        look.metaspace(),
        look.direct(),
        look.resident(),
        look.threads(),
        virtualThreads.isPresent() ? "" + virtualThreads.getAsInt() : "",
        look.descriptors(),
        look.sockets(),
        look.jars(),
        loaders.isPresent() ? "" + loaders.getAsInt() : "",
        upstreamConnections);
  }
}
