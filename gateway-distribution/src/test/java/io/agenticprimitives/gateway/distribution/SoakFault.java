package io.agenticprimitives.gateway.distribution;

import java.util.random.RandomGenerator;

/// What an upstream does to a call of the soak. The caller chooses it, so it knows what it must be
/// told.
enum SoakFault {
  NONE(Stage.NEVER, 40),
  SLOW(Stage.NEVER, 10),
  LONG(Stage.NEVER, 4),
  FAILS_ONCE(Stage.NEVER, 6),
  ERROR(Stage.EARLY, 5),
  RATE_LIMIT(Stage.EARLY, 5),
  OVERLOAD(Stage.EARLY, 5),
  SILENCE(Stage.EARLY, 2),
  CLOSE(Stage.EARLY, 5),
  RESET(Stage.MIDWAY, 5),
  CUT(Stage.MIDWAY, 5),
  STALL(Stage.MIDWAY, 3),
  GARBAGE(Stage.MIDWAY, 5);

  /// When a call fails for good.
  enum Stage {
    NEVER,
    /// Before anything of the answer has come.
    EARLY,
    /// After some of the answer has come; callers who do not stream know nothing of that.
    MIDWAY
  }

  /// How often [#LONG] answers repeat what was said.
  static final int REPEATS = 1500;

  final Stage stage;
  private final int weight;

  SoakFault(Stage stage, int weight) {
    this.stage = stage;
    this.weight = weight;
  }

  static SoakFault any(RandomGenerator random) {
    int left = random.nextInt(100);
    for (SoakFault fault : values()) {
      left -= fault.weight;
      if (left < 0) {
        return fault;
      }
    }
    throw new AssertionError("The weights do not add up to 100");
  }

  /// The whole answer to what was said.
  String answerTo(String said) {
    return this == LONG ? said.repeat(REPEATS) : said;
  }
}
