package io.agenticprimitives.gateway.testkit.contract;

/// The failure of a contract, told as one would tell a colleague.
final class Advice {
  private Advice() {}

  /// An error to throw.
  ///
  /// @param what is wrong
  /// @param why it matters
  /// @param remedy what to do
  static AssertionError error(String what, String why, String remedy) {
    return new AssertionError(
        "%s%n  Why it matters: %s%n  What to do: %s".formatted(what, why, remedy));
  }

  /// Throws if something is not as it should be.
  static void unless(boolean fine, String what, String why, String remedy) {
    if (!fine) {
      throw error(what, why, remedy);
    }
  }
}
