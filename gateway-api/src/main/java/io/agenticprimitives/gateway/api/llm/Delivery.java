package io.agenticprimitives.gateway.api.llm;

/// How the caller takes the answer, and so how the upstream is best asked for it.
public enum Delivery {
  /// Piece by piece, as the model speaks.
  STREAMED,
  /// In one piece.
  WHOLE
}
