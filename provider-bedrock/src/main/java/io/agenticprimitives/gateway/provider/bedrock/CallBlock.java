package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.llm.StreamEvent;

/// A call of one of the caller's tools.
///
/// @param index its place among the calls of the answer, which is not its place among the blocks
record CallBlock(AnswerEvents answer, int index) implements OpenBlock {

  /// A piece of the text of the arguments.
  void arguments(String piece) {
    if (!piece.isEmpty()) {
      answer.emit(new StreamEvent.ToolCallDelta(index, piece));
    }
  }

  @Override
  public void end() {
    answer.emit(new StreamEvent.ToolCallEnded(index));
  }
}
