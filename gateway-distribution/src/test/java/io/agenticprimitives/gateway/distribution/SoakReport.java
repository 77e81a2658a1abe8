package io.agenticprimitives.gateway.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What is written about a soak.
///
/// @param directory where `RESULTS.md` and `samples.csv` go
record SoakReport(Path directory) {

  void write(
      Duration load,
      SoakSample baseline,
      List<SoakSample> samples,
      SoakOperator operator,
      SoakVerdict verdict)
      throws IOException {
    Files.createDirectories(directory);
    List<String> csv = new ArrayList<>();
    csv.add(SoakSample.HEADER);
    samples.forEach(sample -> csv.add(sample.csv()));
    Files.write(directory.resolve("samples.csv"), csv);
    String text =
        """
        # Result of a soak

        Written by `soak/run`; [README.md](README.md) says what it does, [samples.csv](samples.csv) has all samples.

        | | |
        |---|---|
        | date | %s |
        | machine | %s %s, %d cores, %s %s |
        | gateway | as distributed, `GATEWAY_JAVA_OPTS=%s` |
        | load | %d minutes, %d calls a second started, %d calls ended |
        | reloads | %d, of them %d with a replaced plugin |
        | **verdict** | **%s** |

        | measured | | limit | |
        |---|---|---|---|
        %s

        Calls by outcome: %d finished, %d failed as the upstream made them fail and were told so, %d callers left,
        %d hostile requests were refused.

        | second | calls | heap after collection, MB | metaspace, MB | direct, MB | resident, MB | threads | virtual threads | descriptors | plugin loaders | upstream connections |
        |---|---|---|---|---|---|---|---|---|---|---|
        %s
        %s

        The first row is the idle gateway before, the last the idle gateway afterwards.
        """
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vendor"),
                System.getProperty("java.version"),
                SoakOperator.JAVA_OPTIONS,
                load.toMinutes(),
                SoakLoad.CALLS_PER_SECOND,
                samples.getLast().calls(),
                operator.reloads(),
                operator.replacements(),
                verdict.isGood() ? "good" : "bad",
                rows(verdict),
                samples.getLast().finished(),
                samples.getLast().failed(),
                samples.getLast().left(),
                samples.getLast().refused(),
                row(baseline),
                samples.stream()
                    .filter(sample -> sample.collectedHeap().isPresent())
                    .map(SoakReport::row)
                    .collect(Collectors.joining("\n")));
    Files.writeString(directory.resolve("RESULTS.md"), text);
  }

  private static String rows(SoakVerdict verdict) {
    return verdict.findings().stream()
        .map(SoakVerdict.Finding::row)
        .collect(Collectors.joining("\n"));
  }

  private static String row(SoakSample sample) {
    return String.format(
        Locale.ROOT,
        "| %d | %d | %.1f | %.1f | %.2f | %.0f | %d | %d | %d | %d | %d |",
        sample.second(),
        sample.calls(),
        sample.collectedHeap().orElseThrow(),
        sample.look().metaspace(),
        sample.look().direct(),
        sample.look().resident(),
        sample.look().threads(),
        sample.virtualThreads().orElseThrow(),
        sample.look().descriptors(),
        sample.loaders().orElseThrow(),
        sample.upstreamConnections());
  }
}
