package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Collects what is wrong with a configuration, so that an operator sees all of it at once. Not
/// thread-safe.
public final class Problems {
  /// As many problems, and as many warnings, are kept; more are counted only.
  public static final int KEPT = 100;

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file).thenComparingInt(Problem::line);

  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private int problemCount;
  private int warningCount;

  /// Adds a problem.
  public void add(Position position, String path, String message) {
    add(problem(position, path, message, Optional.empty()));
  }

  /// Adds the problem that a value refers to an environment variable that is not set.
  public void addUnset(Position position, String path, String variable) {
    String message =
        "the environment variable %s is not set; set it, or write ${%s:-default}"
            .formatted(variable, variable);
    add(problem(position, path, message, Optional.of(variable)));
  }

  /// Adds what an operator should know, but what does not stop anything.
  public void warn(Position position, String path, String message) {
    warningCount++;
    if (warnings.size() < KEPT) {
      warnings.add(problem(position, path, message, Optional.empty()));
    }
  }

  private void add(Problem problem) {
    problemCount++;
    if (problems.size() < KEPT) {
      problems.add(problem);
    }
  }

  private static Problem problem(
      Position position, String path, String message, Optional<String> unsetVariable) {
    return new Problem(position.file(), position.line(), path, message, unsetVariable);
  }

  /// Adds the problems and warnings of another collection.
  public void addAll(Problems others) {
    others.problems.forEach(this::add);
    problemCount += others.problemCount - others.problems.size();
    warnings.addAll(others.warnings.subList(0, Math.min(others.warnings.size(), room())));
    warningCount += others.warningCount;
  }

  private int room() {
    return KEPT - warnings.size();
  }

  /// Whether nothing is wrong; there may be warnings all the same.
  public boolean isEmpty() {
    return problemCount == 0;
  }

  /// How many problems there are, those included that were not kept.
  public int count() {
    return problemCount;
  }

  /// The problems, by file and line.
  public List<Problem> list() {
    return problems.stream().sorted(BY_PLACE).toList();
  }

  /// The warnings, by file and line.
  public List<Problem> warnings() {
    return warnings.stream().sorted(BY_PLACE).toList();
  }

  /// The names of the environment variables that are referred to and not set.
  public List<String> unsetVariables() {
    return problems.stream().flatMap(p -> p.unsetVariable().stream()).distinct().toList();
  }

  /// Whether there are problems, and all of them are environment variables that are not set: what
  /// was configured is right, it can only not be used yet.
  public boolean onlyUnsetVariables() {
    return problemCount > 0
        && problemCount == problems.size()
        && problems.stream().allMatch(Problem::isUnsetVariable);
  }

  /// All problems, then all warnings, as a text for the operator; empty if there are none.
  public String report() {
    StringBuilder text = new StringBuilder();
    section(text, "problem", list(), problemCount);
    section(text, "warning", warnings(), warningCount);
    return text.toString();
  }

  private static void section(StringBuilder text, String noun, List<Problem> list, int count) {
    if (count == 0) {
      return;
    }
    text.append(text.isEmpty() ? "" : "\n");
    text.append("%d %s%s in the configuration:\n".formatted(count, noun, count == 1 ? "" : "s"));
    for (Problem problem : list) {
      String path = problem.path().isEmpty() ? "" : "  " + problem.path();
      text.append("\n  ").append(problem.place()).append(path);
      text.append("\n      ").append(problem.message()).append('\n');
    }
    if (count > list.size()) {
      text.append("\n  and %d more\n".formatted(count - list.size()));
    }
  }
}
