package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML into a tree of [ConfigNode]s. Hostile text costs bounded time and memory, and
/// whatever is wrong becomes a problem.
final class YamlReader {
  /// The text is bounded before; placeholders make it longer.
  private static final int CODE_POINTS = 16 * BoundedFile.LIMIT;

  private YamlReader() {}

  /// Whether a text has only characters that may stand in YAML; if not, that is added as a problem.
  static boolean isClean(String text, String file, Problems problems) {
    OptionalInt foreign =
        text.codePoints()
            .filter(c -> !StreamReader.isPrintable(c) || isPlaceholderMark(c))
            .findFirst();
    if (foreign.isEmpty()) {
      return true;
    }
    int at = text.indexOf(foreign.getAsInt());
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    String message =
        "the character U+%04X may not stand in a configuration".formatted(foreign.getAsInt());
    problems.add(new Position(file, line), "", message);
    return false;
  }

  private static boolean isPlaceholderMark(int character) {
    return character == References.OPEN || character == References.CLOSE;
  }

  /// Reads an expanded text.
  ///
  /// @return the value of the document; empty if it cannot be read, which is then a problem
  static Optional<ConfigNode> read(Expansion expansion, String file, Problems problems) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file).setCodePointLimit(CODE_POINTS).build();
      var events = new Parse(settings).parseString(expansion.text()).iterator();
      return Optional.of(new YamlComposer(events, file, expansion, problems).document());
    } catch (UnreadableYamlException e) {
      problems.add(e.position(), e.path(), Objects.toString(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      int line = 1 + e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0);
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      String fault = written(expansion, context + e.getProblem());
      problems.add(new Position(file, expansion.line(line)), "", "this is not YAML: " + fault);
    } catch (YamlEngineException e) {
      String fault = written(expansion, Objects.toString(e.getMessage()));
      problems.add(new Position(file, 1), "", "this is not YAML: " + fault);
    }
    return Optional.empty();
  }

  /// The parser's words, with the references in place of the placeholders that it saw.
  private static String written(Expansion expansion, String fault) {
    String written = expansion.references().asWritten(fault);
    return written.indexOf(References.OPEN) < 0
        ? written
        : "a reference stands where none can be; in double quotes no \\ may be before it";
  }
}
