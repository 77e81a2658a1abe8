package io.agenticprimitives.gateway.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Whether a soak shows that nothing is left behind.
///
/// @param findings one for each thing that was measured
record SoakVerdict(List<Finding> findings) {
  /// @param measured in the unit that the name says
  /// @param limit what it may be at most
  record Finding(String name, double measured, double limit) {
    boolean isGood() {
      return measured <= limit;
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %.1f | %.1f | %s |",
          name,
          measured,
          limit,
          isGood() ? "good" : "**bad**");
    }
  }

  /// @param baseline idle, after the gateway had been warmed up
  /// @param samples under load, the last of them idle again
  /// @param plugins how many of them are in use
  static SoakVerdict of(
      SoakSample baseline, List<SoakSample> samples, long wrong, int traces, int plugins) {
    SoakSample end = samples.getLast();
    List<SoakSample> thorough =
        samples.stream().filter(sample -> sample.collectedHeap().isPresent()).toList();
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("answers that were not true", wrong, 0));
    findings.add(new Finding("stack traces in the log", traces, 0));
    findings.add(
        new Finding(
            "growth of the heap after collection, under load, MB",
            growth(thorough, sample -> sample.collectedHeap().orElseThrow()),
            6));
    findings.add(
        new Finding(
            "growth of metaspace under load, MB",
            growth(thorough, sample -> sample.look().metaspace()),
            8));
    findings.add(
        new Finding(
            "growth of resident memory after collection, under load, MB",
            growth(thorough, sample -> sample.look().resident()),
            48));
    findings.addAll(leftovers(baseline, end, plugins));
    return new SoakVerdict(List.copyOf(findings));
  }

  private static List<Finding> leftovers(SoakSample baseline, SoakSample end, int plugins) {
    return List.of(
        more("heap after collection, MB", baseline, end, s -> s.collectedHeap().orElseThrow(), 3),
        more("resident memory, MB", baseline, end, s -> s.look().resident(), 48),
        more("direct memory, MB", baseline, end, s -> s.look().direct(), 4),
        more("platform threads", baseline, end, s -> s.look().threads(), 10),
        more("virtual threads", baseline, end, s -> s.virtualThreads().orElseThrow(), 0),
        more("open files and sockets", baseline, end, s -> s.look().descriptors(), 2),
        more("sockets", baseline, end, s -> s.look().sockets(), 2),
        more("jars of plugins", baseline, end, s -> s.look().jars(), 0),
        new Finding("class loaders of plugins, idle", end.loaders().orElseThrow(), plugins),
        new Finding("connections to upstreams, idle", end.upstreamConnections(), 0));
  }

  private static Finding more(
      String name,
      SoakSample baseline,
      SoakSample end,
      ToDoubleFunction<SoakSample> value,
      double limit) {
    double more = value.applyAsDouble(end) - value.applyAsDouble(baseline);
    return new Finding("more " + name + ", idle, than before", more, limit);
  }

  /// How much a value grew from the first sample to the last, by the median of the slopes between
  /// any two: peaks of a moment do not count.
  static double growth(List<SoakSample> samples, ToDoubleFunction<SoakSample> value) {
    double[] slopes =
        samples.stream()
            .flatMapToDouble(
                from ->
                    samples.stream()
                        .filter(to -> to.second() > from.second())
                        .mapToDouble(
                            to ->
                                (value.applyAsDouble(to) - value.applyAsDouble(from))
                                    / (to.second() - from.second())))
            .toArray();
    Arrays.sort(slopes);
    double slope = slopes.length == 0 ? 0 : slopes[slopes.length / 2];
    return slope * (samples.getLast().second() - samples.getFirst().second());
  }

  boolean isGood() {
    return findings.stream().allMatch(Finding::isGood);
  }
}
