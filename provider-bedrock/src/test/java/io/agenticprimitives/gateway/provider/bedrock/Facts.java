package io.agenticprimitives.gateway.provider.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What a generated request holds, to be looked for in its translation.
final class Facts {
  private final Random random;
  private int count;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final List<String> cachePoints = new ArrayList<>();

  Facts(Random random) {
    this.random = random;
  }

  /// A text that must be found in the translation, or something at its path must be reported.
  record Fact(String path, String text) {}

  /// Marks in the arguments of a call and in its result.
  record Pair(String call, String result) {}

  Random random() {
    return random;
  }

  List<Fact> facts() {
    return facts;
  }

  List<Pair> pairs() {
    return pairs;
  }

  /// The paths of the marks for the cache.
  List<String> cachePoints() {
    return cachePoints;
  }

  /// A text that occurs nowhere else.
  String mark(String kind) {
    return kind + "Mark" + count++ + "End";
  }

  /// A text that occurs nowhere else and must be found, or reported at this path.
  String at(String path, String kind) {
    String mark = mark(kind);
    facts.add(new Fact(path, mark));
    return mark;
  }

  /// Something at this path must be reported.
  void reported(String path) {
    facts.add(new Fact(path, "\u0000"));
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// True once in `times` on average.
  boolean once(int times) {
    return random.nextInt(times) == 0;
  }
}
