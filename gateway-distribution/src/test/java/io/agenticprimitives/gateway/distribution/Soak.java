package io.agenticprimitives.gateway.distribution;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A long time of faults, leaving callers and reloads in a small heap, after which nothing may be
/// left behind. Not a test of the default run: `soak/run` starts it.
@EnabledOnOs(OS.LINUX)
class Soak {
  private static final Duration LOAD = Duration.ofMinutes(Integer.getInteger("soak.minutes", 15));
  private static final Duration WARM_UP =
      LOAD.compareTo(Duration.ofMinutes(6)) < 0 ? LOAD.dividedBy(2) : Duration.ofMinutes(3);
  private static final Path RESULTS = Path.of(System.getProperty("soak.results", "target/soak"));

  /// How long what has ended may take to be gone.
  private static final Duration REST = Duration.ofSeconds(45);

  private static final int LOOK_SECONDS = 1;
  private static final int CHANGE_SECONDS = 4;
  private static final int SAMPLE_SECONDS = 10;
  private static final int THOROUGH_SECONDS = 60;
  private static final int PLUGINS = 3;

  private final SoakOutcomes outcomes = new SoakOutcomes();
  private final AtomicLong numbers = new AtomicLong();
  private final List<SoakSample> samples = new ArrayList<>();

  @Test
  @Timeout(value = 12, unit = TimeUnit.HOURS)
  void nothingIsLeftBehind(@TempDir Path directory) throws Exception {
    try (SoakUpstream openAi = new SoakUpstream(Dialect.OPENAI);
        SoakUpstream bedrock = new SoakUpstream(Dialect.CONVERSE);
        SoakOperator operator = new SoakOperator(directory, openAi, bedrock);
        NativeClient observer = operator.gateway.caller()) {
      GatewayProcess process = operator.gateway.process;
      Vitals vitals = new Vitals(process.process().pid(), observer, directory);
      load(WARM_UP, operator, vitals);
      rest(operator);
      SoakSample baseline = sample(0, operator, vitals, true);
      samples.clear();
      load(LOAD, operator, vitals);
      rest(operator);
      samples.add(sample(LOAD.toSeconds() + REST.toSeconds(), operator, vitals, true));
      int traces = (int) process.output().lines().filter(line -> line.startsWith("\tat ")).count();
      SoakVerdict verdict =
          SoakVerdict.of(
              baseline, samples, outcomes.count(SoakOutcomes.Outcome.WRONG), traces, PLUGINS);
      new SoakReport(RESULTS).write(LOAD, baseline, samples, operator, verdict);
      assertThat(outcomes.wrongs()).as(() -> logOfWrongs(process)).isEmpty();
      assertThat(verdict.findings()).allMatch(SoakVerdict.Finding::isGood);
      assertThat(process.stop()).isZero();
    }
  }

  private String logOfWrongs(GatewayProcess process) {
    Set<String> ids = outcomes.wrongs().stream().map(w -> w.split(" ", 2)[0]).collect(toSet());
    return process
        .output()
        .lines()
        .filter(line -> ids.contains(line.replaceAll(".* request_id=(soak-\\d+) .*", "$1")))
        .collect(joining("\n"));
  }

  /// Calls, and in between changes and looks, each as often as it is due or as the machine can.
  private void load(Duration duration, SoakOperator operator, Vitals vitals) throws Exception {
    long start = System.nanoTime();
    long nextChange = 0;
    long nextSample = 0;
    long nextThorough = THOROUGH_SECONDS;
    SoakCallers callers = new SoakCallers(operator.gateway.process.uri(), outcomes);
    try (SoakLoad _ = new SoakLoad(callers, numbers)) {
      for (long second = 0; second <= duration.toSeconds(); second = secondsSince(start)) {
        operator.look();
        if (second >= nextChange) {
          operator.change();
          nextChange = second + CHANGE_SECONDS;
        }
        if (second >= nextSample) {
          boolean thorough = second >= nextThorough;
          samples.add(sample(second, operator, vitals, thorough));
          nextSample = second + SAMPLE_SECONDS;
          nextThorough = thorough ? second + THOROUGH_SECONDS : nextThorough;
        }
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      }
    }
  }

  private static long secondsSince(long start) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }

  /// Pools keep connections that nobody uses, but not those of backends that are closed. What is on
  /// its way out when the last call ends is gone after a while; what was lost is not.
  private static void rest(SoakOperator operator) throws Exception {
    operator.renew();
    TimeUnit.SECONDS.sleep(REST.toSeconds());
  }

  private SoakSample sample(long second, SoakOperator operator, Vitals vitals, boolean thorough)
      throws IOException {
    SoakSample sample =
        SoakSample.take(second, outcomes, vitals, operator.upstreamConnections(), thorough);
    System.out.println(sample.csv());
    return sample;
  }
}
