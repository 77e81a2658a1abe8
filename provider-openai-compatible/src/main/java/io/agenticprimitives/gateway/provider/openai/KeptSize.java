package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;

/// Bounds what has to be kept of one answer until it ends: log probabilities, citations, other
/// choices, opaque reasoning. The text of an answer is passed on and not kept.
final class KeptSize {
  /// In characters.
  static final int MAX = 32 << 20;

  private long size;

  /// @throws BackendException if it is too much
  void add(int characters) {
    size += characters;
    if (size > MAX) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE,
          "The upstream's answer has more than " + MAX + " characters of details");
    }
  }
}
