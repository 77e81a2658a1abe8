package io.agenticprimitives.gateway.testkit.contract;

import org.jspecify.annotations.Nullable;

/// Says what a backend does wrong, and what to do about it.
final class Advice {
  private Advice() {}

  /// A breach of the contract.
  ///
  /// @param wrong what happened
  /// @param remedy what to do
  static AssertionError breach(String wrong, String remedy) {
    return breach(wrong, remedy, null);
  }

  static AssertionError breach(String wrong, String remedy, @Nullable Throwable cause) {
    return new AssertionError(wrong + System.lineSeparator() + "  To do: " + remedy, cause);
  }

  /// @throws AssertionError unless the condition holds
  static void require(boolean condition, String wrong, String remedy) {
    if (!condition) {
      throw breach(wrong, remedy);
    }
  }

  /// @throws AssertionError unless both are equal
  static void requireEqual(Object expected, Object actual, String what, String remedy) {
    require(
        expected.equals(actual),
        "%s: expected <%s>, got <%s>.".formatted(what, expected, actual),
        remedy);
  }
}
