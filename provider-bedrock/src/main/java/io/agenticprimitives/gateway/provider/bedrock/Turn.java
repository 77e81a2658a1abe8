package io.agenticprimitives.gateway.provider.bedrock;

import java.util.ArrayList;
import java.util.List;

/// One message of a Converse request.
///
/// @param isUser whether it is the user's; it is the model's otherwise
/// @param path of the first of the caller's messages that it comes from
record Turn(boolean isUser, String path, List<Piece> pieces) {
  Turn {
    pieces = List.copyOf(pieces);
  }

  /// The same turn with other pieces.
  Turn with(List<Piece> newPieces) {
    return new Turn(isUser, path, newPieces);
  }

  /// The same turn with more pieces at its end.
  Turn and(List<Piece> more) {
    List<Piece> all = new ArrayList<>(pieces);
    all.addAll(more);
    return with(all);
  }
}
