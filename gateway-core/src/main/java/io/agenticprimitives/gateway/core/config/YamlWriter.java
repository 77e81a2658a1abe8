package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Writes YAML that [YamlReader] reads back to the same values.
final class YamlWriter {
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*|[0-9]+(?:ms|s|m|h|B|KB|MB|GB)");

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  static String write(Mapping mapping) {
    YamlWriter writer = new YamlWriter();
    writer.mapping(mapping, "");
    return writer.out.toString();
  }

  private void mapping(Mapping mapping, String indent) {
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      out.append(indent).append(string(entry.getKey(), true)).append(':');
      value(entry.getValue().value(), indent);
    }
  }

  private void value(ConfigNode node, String indent) {
    switch (node) {
      case Mapping mapping when !mapping.keys().isEmpty() -> {
        out.append('\n');
        mapping(mapping, indent + "  ");
      }
      case Sequence sequence when sequence.items().stream().anyMatch(Mapping.class::isInstance) -> {
        out.append('\n');
        for (ConfigNode item : sequence.items()) {
          item(item, indent + "  ");
        }
      }
      default -> out.append(' ').append(inline(node)).append('\n');
    }
  }

  private void item(ConfigNode item, String indent) {
    if (item instanceof Mapping mapping && !mapping.keys().isEmpty()) {
      int start = out.length();
      mapping(mapping, indent + "  ");
      out.replace(start, start + indent.length() + 2, indent + "- ");
    } else {
      out.append(indent).append("- ").append(inline(item)).append('\n');
    }
  }

  private static String inline(ConfigNode node) {
    return switch (node) {
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(e -> string(e.getKey(), true) + ": " + inline(e.getValue().value()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Sequence sequence ->
          sequence.items().stream()
              .map(YamlWriter::inline)
              .collect(Collectors.joining(", ", "[", "]"));
      case Scalar scalar -> scalar(scalar);
    };
  }

  private static String scalar(Scalar scalar) {
    return switch (scalar.type()) {
      case NULL -> "null";
      case BOOLEAN, INTEGER, FLOAT -> scalar.text();
      case STRING -> string(scalar.text(), scalar.unsetVariables().isEmpty());
    };
  }

  private static String string(String text, boolean escapeReferences) {
    if (WORD.matcher(text).matches() && ScalarType.ofPlain(text) == ScalarType.STRING) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (isVisible(c) && !(c == '$' && escapeReferences)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(escaped(c));
              }
            });
    return quoted.append('"').toString();
  }

  private static String escaped(int character) {
    return character > 0xFFFF ? "\\U%08X".formatted(character) : "\\u%04X".formatted(character);
  }

  private static boolean isVisible(int character) {
    return StreamReader.isPrintable(character)
        && (character < 0x7F || Character.isLetterOrDigit(character))
        && character >= ' ';
  }
}
