package io.agenticprimitives.gateway.core.config;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Finds the line of a file that a line of its expanded text comes from: a reference over several
/// lines takes one line there.
final class LineMap {
  /// From a line of the expanded text on, how many lines are missing before it.
  private final NavigableMap<Integer, Integer> missing = new TreeMap<>();

  /// Notes that lines were lost.
  ///
  /// @param line the line of the expanded text where they were, counted from 1
  void lost(int line, int lines) {
    Map.Entry<Integer, Integer> before = missing.lastEntry();
    missing.put(line + 1, lines + (before == null ? 0 : before.getValue()));
  }

  /// The line of the file for a line of the expanded text.
  int original(int line) {
    Map.Entry<Integer, Integer> entry = missing.floorEntry(line);
    return line + (entry == null ? 0 : entry.getValue());
  }
}
