package io.agenticprimitives.gateway.core.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Expands the references to environment variables in the text of a configuration, before it is
/// read as YAML. There are two passes, and no escape exists:
///
/// 1. `${NAME:=text}` and `${NAME:-text}`: the value if the variable is set, be it empty, else the
///    text up to the first `}`.
/// 2. `${NAME}` and `$NAME`: the value if the variable is set, else they stay as written.
///    `${file:/path}`: the content of a file without the newline at its end.
///
/// The original project pastes values into the text. Here a value takes its place in the text as a
/// placeholder, so that a secret with `: `, `#`, a quote or a newline cannot change the document;
/// only default texts, which are part of the file, are pasted.
final class Expansion {
  private static final Pattern DEFAULTED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*):[=-]");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final String FILE = "file:";

  private final References references = new References();
  private final LineMap lines = new LineMap();
  private final Map<String, String> environment;
  private final Path baseDirectory;
  private String text = "";

  private Expansion(Map<String, String> environment, Path baseDirectory) {
    this.environment = environment;
    this.baseDirectory = baseDirectory;
  }

  /// Expands a text.
  ///
  /// @param environment the variables
  /// @param baseDirectory what relative paths of files begin at
  static Expansion of(String text, Map<String, String> environment, Path baseDirectory) {
    Expansion expansion = new Expansion(environment, baseDirectory);
    expansion.text = replaced(expansion.defaultedReferences(text), expansion::placeholder);
    return expansion;
  }

  /// Leaves a text as it is.
  static Expansion none(String text) {
    Expansion expansion = new Expansion(Map.of(), Path.of(""));
    expansion.text = text;
    return expansion;
  }

  /// The text to read as YAML.
  String text() {
    return text;
  }

  /// What the placeholders in the text stand for.
  References references() {
    return references;
  }

  /// The line of the file for a line of [#text()], both counted from 1.
  int line(int expandedLine) {
    return lines.original(expandedLine);
  }

  private String defaultedReferences(String raw) {
    ReferenceScan scan = new ReferenceScan(raw);
    StringBuilder out = new StringBuilder();
    Matcher matcher = DEFAULTED.matcher(raw);
    int line = 1;
    int from = 0;
    int search = 0;
    while (matcher.find(search)) {
      int close = scan.closingBrace(matcher.start());
      search = matcher.end();
      if (close < 0) {
        continue;
      }
      out.append(raw, from, matcher.start());
      line += newlines(raw, from, matcher.start());
      String value = environment.get(matcher.group(1));
      if (value == null) {
        out.append(raw, matcher.end(), close);
        line += newlines(raw, matcher.end(), close);
      } else {
        String written = raw.substring(matcher.start(), close + 1);
        out.append(references.placeholder(new Reference.Value(written, expandedAgain(value))));
        lines.lost(line, newlines(raw, matcher.end(), close));
      }
      from = close + 1;
      search = from;
    }
    return out.append(raw, from, raw.length()).toString();
  }

  private static int newlines(String text, int from, int to) {
    return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
  }

  /// The second pass goes over the values of the first, as the original project has it; what is not
  /// set there is the value's own text.
  private String expandedAgain(String value) {
    return replaced(value, (name, _) -> Optional.ofNullable(environment.get(name)));
  }

  private Optional<String> placeholder(String name, String written) {
    String variable = references.withVariables(name);
    String value = environment.get(variable);
    if (value != null) {
      return Optional.of(
          references.placeholder(new Reference.Value(references.asWritten(written), value)));
    }
    if (variable.startsWith(FILE) && variable.indexOf('\n') < 0) {
      String path = variable.substring(FILE.length());
      return Optional.of(
          references.placeholder(
              new Reference.FileContent(references.asWritten(written), path, baseDirectory)));
    }
    return NAME.matcher(name).matches()
        ? Optional.of(references.placeholder(new Reference.Unset(written, name)))
        : Optional.empty();
  }

  private interface Replacement {
    /// What to put in place of a reference; empty to leave it as written.
    Optional<String> of(String name, String written);
  }

  private static String replaced(String raw, Replacement replacement) {
    if (raw.indexOf('$') < 0) {
      return raw;
    }
    ReferenceScan scan = new ReferenceScan(raw);
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int at = raw.indexOf('$'); at >= 0; at = raw.indexOf('$', Math.max(at + 1, from))) {
      boolean braces = raw.startsWith("${", at);
      int start = braces ? at + 2 : at + 1;
      int end = braces ? scan.closingBrace(at) : endOfWord(raw, start);
      if (end < start || (end == start && !braces)) {
        continue;
      }
      int after = braces ? end + 1 : end;
      String written = raw.substring(at, after);
      out.append(raw, from, at);
      out.append(replacement.of(raw.substring(start, end), written).orElse(written));
      from = after;
    }
    return out.append(raw, from, raw.length()).toString();
  }

  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isWord(char character) {
    return character < 128 && (Character.isLetterOrDigit(character) || character == '_');
  }
}
