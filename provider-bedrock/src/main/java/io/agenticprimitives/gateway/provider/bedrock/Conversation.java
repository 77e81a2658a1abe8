package io.agenticprimitives.gateway.provider.bedrock;

import java.util.ArrayList;
import java.util.List;

/// The parts of a Converse request that hold what was said and what may be called.
///
/// @param tools declarations, and cache points between them
/// @param system the system prompt
/// @param turns strictly alternating once all rules are applied
record Conversation(List<Piece> tools, List<Piece> system, List<Turn> turns) {
  Conversation {
    tools = List.copyOf(tools);
    system = List.copyOf(system);
    turns = List.copyOf(turns);
  }

  /// The same with other declarations.
  Conversation withTools(List<Piece> newTools) {
    return new Conversation(newTools, system, turns);
  }

  /// The same with other turns.
  Conversation withTurns(List<Turn> newTurns) {
    return new Conversation(tools, system, newTurns);
  }

  /// All pieces, in the order in which Bedrock evaluates them.
  List<Piece> allPieces() {
    List<Piece> all = new ArrayList<>(tools);
    all.addAll(system);
    turns.forEach(turn -> all.addAll(turn.pieces()));
    return all;
  }
}
