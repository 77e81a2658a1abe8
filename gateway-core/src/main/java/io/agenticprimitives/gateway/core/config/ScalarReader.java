package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// Puts the values of references into single values and finds out what type they then have.
final class ScalarReader {
  private static final String YAML_TAG = "tag:yaml.org,2002:";

  private final References references;
  private final Problems problems;

  ScalarReader(References references, Problems problems) {
    this.references = references;
    this.problems = problems;
  }

  Scalar scalar(ScalarEvent event, Position position, String path) {
    warnOfOtherReferences(event.getValue(), position, path);
    References.Filled filled = references.fill(event.getValue());
    filled.faults().forEach(fault -> problems.add(position, path, fault));
    boolean plain = isPlain(event, position, path);
    String text = plain ? filled.text().strip() : filled.text();
    ScalarType type = plain ? ScalarType.ofPlain(text) : ScalarType.STRING;
    return new Scalar(text, filled.written(), type, plain, filled.unsetVariables(), position);
  }

  private boolean isPlain(ScalarEvent event, Position position, String path) {
    Optional<String> tag = event.getTag();
    if (tag.isEmpty()) {
      return event.isPlain();
    }
    return switch (tag.get()) {
      case "!", YAML_TAG + "str" -> false;
      case YAML_TAG + "int", YAML_TAG + "float", YAML_TAG + "bool", YAML_TAG + "null" -> true;
      default -> {
        problems.add(position, path, unknownTag(tag.get()));
        yield false;
      }
    };
  }

  static String unknownTag(String tag) {
    String shown = tag.startsWith(YAML_TAG) ? "!!" + tag.substring(YAML_TAG.length()) : tag;
    return "the tag " + Wording.shortened(shown) + " is not supported; leave it out";
  }

  private void warnOfOtherReferences(String text, Position position, String path) {
    int open = text.indexOf("${");
    int close = open < 0 ? -1 : text.indexOf('}', open);
    if (close > 0) {
      String shown = Wording.shortened(references.asWritten(text.substring(open, close + 1)));
      String message =
          " is no reference and stays as it is; references are ${NAME}, ${NAME:-default} and"
              + " ${file:/path}";
      problems.warn(position, path, shown + message);
    }
  }
}
