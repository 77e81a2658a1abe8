package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;

/// Words for messages about what was found.
final class Wording {
  private static final int LONGEST = 60;

  private Wording() {}

  /// A text cut to a length that fits into a message.
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /// A value in words. What came from a variable or a file is named by its reference only: a secret
  /// may stand at the wrong key.
  static String found(ConfigNode node) {
    return switch (node) {
      case Mapping _ -> "a block of keys";
      case Sequence _ -> "a list";
      case Scalar scalar when scalar.isExpanded() -> "the value of " + shortened(scalar.written());
      case Scalar scalar ->
          switch (scalar.type()) {
            case NULL -> "nothing";
            case BOOLEAN, INTEGER, FLOAT -> shortened(scalar.text());
            case STRING -> "the text '" + shortened(scalar.text()) + "'";
          };
    };
  }
}
