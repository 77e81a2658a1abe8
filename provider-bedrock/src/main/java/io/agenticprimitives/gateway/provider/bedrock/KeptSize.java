package io.agenticprimitives.gateway.provider.bedrock;

/// Bounds what has to be kept of one answer until it or a block of it ends: opaque reasoning,
/// citations, pictures, traces. The text of an answer is passed on and not kept.
final class KeptSize {
  /// In characters.
  static final int MAX = 32 << 20;

  private long size;

  /// @throws io.agenticprimitives.gateway.api.BackendException if it is too much
  void add(int characters) {
    size += characters;
    if (size > MAX) {
      throw AnswerFailures.tooLong("details of an answer", MAX);
    }
  }
}
