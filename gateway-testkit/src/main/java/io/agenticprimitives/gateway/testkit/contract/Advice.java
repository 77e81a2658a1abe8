package io.agenticprimitives.gateway.testkit.contract;

import org.jspecify.annotations.Nullable;

/// The failure of a contract, told as one would tell a colleague.
final class Advice {
  private Advice() {}

  /// An error to throw.
  ///
  /// @param wrong what happened
  /// @param remedy what to do
  static AssertionError breach(String wrong, String remedy) {
    return breach(wrong, remedy, null);
  }

  static AssertionError breach(String wrong, String remedy, @Nullable Throwable cause) {
    return new AssertionError("%s%n  What to do: %s".formatted(wrong, remedy), cause);
  }

  /// An error to throw.
  ///
  /// @param what is wrong
  /// @param why it matters
  /// @param remedy what to do
  static AssertionError error(String what, String why, String remedy) {
    return breach("%s%n  Why it matters: %s".formatted(what, why), remedy);
  }

  /// Throws if something is not as it should be.
  static void unless(boolean fine, String what, String why, String remedy) {
    if (!fine) {
      throw error(what, why, remedy);
    }
  }

  /// Throws unless the condition holds.
  static void require(boolean condition, String wrong, String remedy) {
    if (!condition) {
      throw breach(wrong, remedy);
    }
  }

  /// Throws unless both are equal.
  static void requireEqual(Object expected, Object actual, String what, String remedy) {
    require(
        expected.equals(actual),
        "%s: expected <%s>, got <%s>.".formatted(what, expected, actual),
        remedy);
  }
}
