package io.agenticprimitives.gateway.provider.bedrock;

import java.util.ArrayList;
import java.util.List;

/// The rules about whole turns: the first is the user's, none is empty, files have text beside
/// them, and a turn of the model that is to be continued does not end in white space
/// (langchain-ai/langchain-aws#532).
record TurnRules(Reports reports) {

  /// @param turns alternating, calls and results paired, cache points settled
  /// @throws io.agenticprimitives.gateway.api.BackendException if nothing was said
  List<Turn> apply(List<Turn> turns, boolean hasSystem) {
    List<Turn> ruled = new ArrayList<>();
    if (turns.isEmpty() && !hasSystem) {
      throw Reports.invalid("messages", "The request has no message; Bedrock needs one.");
    }
    if (turns.isEmpty() || !turns.getFirst().isUser()) {
      reports.changed(
          "messages",
          "Bedrock takes conversations that the user begins; a message '%s' of the user is put"
                  .formatted(Blanks.PLACEHOLDER)
              + " first.");
      ruled.add(new Turn(true, "messages", List.of(placeholder("messages"))));
    }
    turns.forEach(turn -> ruled.add(turn.isUser() ? filled(turn) : turn));
    if (!ruled.getLast().isUser()) {
      ruled.set(ruled.size() - 1, trimmed(ruled.getLast()));
    }
    return ruled;
  }

  private static Piece placeholder(String path) {
    return new Piece.Text(path, Blanks.PLACEHOLDER);
  }

  private Turn filled(Turn turn) {
    if (turn.pieces().isEmpty()) {
      reports.changed(
          turn.path(),
          "Bedrock takes no empty message; the user says '%s'.".formatted(Blanks.PLACEHOLDER));
      return turn.and(List.of(placeholder(turn.path())));
    }
    boolean files = turn.pieces().stream().anyMatch(Piece::isFile);
    boolean text = turn.pieces().stream().anyMatch(Piece.Text.class::isInstance);
    if (!files || text) {
      return turn;
    }
    reports.changed(
        turn.path(),
        "Bedrock takes documents and videos with text beside them only; the text '%s' is added."
            .formatted(Blanks.PLACEHOLDER));
    return turn.and(List.of(placeholder(turn.path())));
  }

  private Turn trimmed(Turn turn) {
    List<Piece> pieces = new ArrayList<>(turn.pieces());
    for (int i = pieces.size() - 1; i >= 0; i--) {
      if (pieces.get(i) instanceof Piece.Text(String path, String text)) {
        String stripped = Blanks.stripTrailing(text);
        if (!stripped.equals(text)) {
          reports.changed(path, "Bedrock refuses white space at the end; it was cut off.");
          pieces.set(i, new Piece.Text(path, stripped));
        }
        break;
      }
      if (!(pieces.get(i) instanceof Piece.CachePoint)) {
        break;
      }
    }
    return turn.with(pieces);
  }
}
