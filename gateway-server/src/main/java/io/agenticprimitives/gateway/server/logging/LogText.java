package io.agenticprimitives.gateway.server.logging;

import io.agenticprimitives.gateway.server.output.JsonBuffer;

/// The value of a field as it may stand in a line of text: harmless as it is, or in quotes with
/// everything escaped that could be taken for another field or another line.
final class LogText {
  private LogText() {}

  static String of(String text) {
    boolean plain = !text.isEmpty() && text.chars().allMatch(LogText::isPlain);
    return plain ? text : new JsonBuffer().value(text).toString();
  }

  private static boolean isPlain(int character) {
    return character > ' '
        && character < 0x7f
        && character != '"'
        && character != '\\'
        && character != '=';
  }
}
