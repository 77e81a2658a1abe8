package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.JsonBuffer;

/// Text that came from outside, as it may stand in a line of the log: harmless as it is, or in
/// quotes with everything escaped that could be taken for another field or another line.
final class LogText {
  private static final int MAX_LENGTH = 200;

  private LogText() {}

  static String of(String text) {
    String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    boolean plain = !shortened.isEmpty() && shortened.chars().allMatch(LogText::isPlain);
    return plain ? shortened : new JsonBuffer().value(shortened).toString();
  }

  private static boolean isPlain(int character) {
    return character > ' '
        && character < 0x7f
        && character != '"'
        && character != '\\'
        && character != '=';
  }
}
