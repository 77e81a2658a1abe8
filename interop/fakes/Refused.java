package interop.fakes;

/// The fake upstream does not take the request: the gateway made something that the real service
/// would refuse too.
final class Refused extends RuntimeException {
  Refused(String message) {
    super("refused by the fake upstream: " + message);
  }

  static void unless(boolean condition, String message) {
    if (!condition) {
      throw new Refused(message);
    }
  }
}
