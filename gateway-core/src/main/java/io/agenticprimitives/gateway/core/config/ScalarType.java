package io.agenticprimitives.gateway.core.config;

import java.util.regex.Pattern;

/// What a text without quotes is by the rules of YAML 1.1, which the files of the original project
/// are written for. Two of its types are left out, because nobody means them: numbers to the base
/// 60 (`1:30`) and dates stay strings.
public enum ScalarType {
  NULL,
  BOOLEAN,
  INTEGER,
  FLOAT,
  STRING;

  private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");

  private static final Pattern TRUTH =
      Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");

  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)");

  private static final Pattern FRACTION =
      Pattern.compile(
          "[-+]?(?:[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.(?:inf|Inf|INF))|\\.(?:nan|NaN|NAN)");

  /// No number is longer; a longer text is a string, whatever its digits.
  private static final int LONGEST_NUMBER = 64;

  /// The type of a text without quotes.
  public static ScalarType ofPlain(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return STRING;
    }
    if (NOTHING.matcher(text).matches()) {
      return NULL;
    }
    if (TRUTH.matcher(text).matches()) {
      return BOOLEAN;
    }
    if (WHOLE.matcher(text).matches()) {
      return INTEGER;
    }
    return FRACTION.matcher(text).matches() ? FLOAT : STRING;
  }
}
