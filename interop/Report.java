package interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the table of results: `Report.java RESULTS.TSV RESULTS.MD`. The exit code is 1 if anything
/// failed or nothing passed.
public final class Report {
  private static final List<String> BACKENDS = List.of("openai", "bedrock");
  private static final Pattern CLOSED =
      Pattern.compile("closed after ([\\d.]+) ms, at most ([\\d.]+) ms");

  /// @param backend or `-` if it does not matter
  /// @param outcome `pass`, `fail` or `skip`
  private record Result(
      String sdk, String version, String backend, String scenario, String outcome, String detail) {

    static Result of(String line) {
      String[] parts = line.split("\t", -1);
      return new Result(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }
  }

  private final List<Result> results;

  private Report(List<Result> results) {
    this.results = results;
  }

  public static void main(String[] arguments) throws IOException {
    List<Result> results =
        Files.readAllLines(Path.of(arguments[0])).stream().map(Result::of).toList();
    Report report = new Report(results);
    String text = report.text();
    Files.writeString(Path.of(arguments[1]), text);
    System.out.println(text);
    System.exit(report.count("fail") == 0 && report.count("pass") > 0 ? 0 : 1);
  }

  private long count(String outcome) {
    return results.stream().filter(result -> result.outcome().equals(outcome)).count();
  }

  private Set<String> all(Function<Result, String> field) {
    Set<String> values = new LinkedHashSet<>();
    results.forEach(result -> values.add(field.apply(result)));
    return values;
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# Real SDKs against the gateway");
    lines.add("");
    lines.add(
        "Written by `interop/run` on %s: %d passed, %d failed, %d skipped."
            .formatted(LocalDate.now(ZoneOffset.UTC), count("pass"), count("fail"), count("skip")));
    lines.add("Each cell is the outcome with the OpenAI-compatible backend, then with Bedrock.");
    lines.add("A cell is empty where an SDK has no such thing.");
    lines.add("");
    table(lines);
    notes("Failures", "fail", lines);
    notes("Skipped", "skip", lines);
    aborts(lines);
    return String.join("\n", lines) + "\n";
  }

  private void table(List<String> lines) {
    Set<String> sdks = all(result -> result.sdk() + " " + result.version());
    lines.add("| scenario | " + String.join(" | ", sdks) + " |");
    lines.add("|---".repeat(sdks.size() + 1) + "|");
    for (String scenario : all(Result::scenario)) {
      List<String> cells = sdks.stream().map(sdk -> cell(sdk, scenario)).toList();
      lines.add("| " + scenario + " | " + String.join(" | ", cells) + " |");
    }
  }

  private String cell(String sdk, String scenario) {
    List<String> outcomes = new ArrayList<>();
    for (String backend : BACKENDS) {
      results.stream()
          .filter(result -> (result.sdk() + " " + result.version()).equals(sdk))
          .filter(result -> result.scenario().equals(scenario))
          .filter(result -> result.backend().equals(backend) || result.backend().equals("-"))
          .map(Result::outcome)
          .forEach(outcomes::add);
    }
    return outcomes.isEmpty() ? "" : String.join(" ", outcomes);
  }

  /// What the fakes measured.
  private void aborts(List<String> lines) {
    if (results.stream().noneMatch(result -> CLOSED.matcher(result.detail()).matches())) {
      return;
    }
    lines.add("");
    lines.add("## From an SDK's abort until the upstream connection is closed");
    lines.add("");
    lines.add("Median and slowest of five, in milliseconds, as the fake upstream saw it.");
    lines.add("");
    lines.add("| SDK | backend | scenario | median | slowest |");
    lines.add("|---|---|---|---|---|");
    for (Result result : results) {
      Matcher times = CLOSED.matcher(result.detail());
      if (times.matches()) {
        lines.add(
            "| %s | %s | %s | %s | %s |"
                .formatted(
                    result.sdk(),
                    result.backend(),
                    result.scenario(),
                    times.group(1),
                    times.group(2)));
      }
    }
  }

  private void notes(String title, String outcome, List<String> lines) {
    Set<String> notes = new TreeSet<>();
    for (Result result : results) {
      if (result.outcome().equals(outcome) && !result.detail().isEmpty()) {
        notes.add(
            "- %s, %s, %s: %s"
                .formatted(result.sdk(), result.scenario(), result.backend(), result.detail()));
      }
    }
    if (!notes.isEmpty()) {
      lines.add("");
      lines.add("## " + title);
      lines.add("");
      lines.addAll(notes);
    }
  }
}
