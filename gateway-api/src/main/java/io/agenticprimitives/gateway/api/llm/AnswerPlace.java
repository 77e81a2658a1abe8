package io.agenticprimitives.gateway.api.llm;

import java.util.Objects;

/// Where in an answer something stands, in the terms of OpenAI's dialect (API reference, "The chat
/// completion object").
///
/// @param level what it is a field of
/// @param index which tool call that is, by the index of its [StreamEvent.ToolCallStarted], or
///   which choice; -1 where there is only one
public record AnswerPlace(Level level, int index) {
  /// Beside the choices: it is about the answer as a whole.
  public static final AnswerPlace ANSWER = new AnswerPlace(Level.ANSWER, -1);

  /// In the choice that is the answer, beside its message.
  public static final AnswerPlace CHOICE = new AnswerPlace(Level.CHOICE, -1);

  /// In the message.
  public static final AnswerPlace MESSAGE = new AnswerPlace(Level.MESSAGE, -1);

  public AnswerPlace {
    Objects.requireNonNull(level);
  }

  /// In a tool call of the message.
  public static AnswerPlace toolCall(int index) {
    return new AnswerPlace(Level.TOOL_CALL, index);
  }

  /// Among the choices, as another one than the answer (`n` was more than 1).
  public static AnswerPlace otherChoice(int index) {
    return new AnswerPlace(Level.OTHER_CHOICE, index);
  }

  /// The objects that an answer is made of.
  public enum Level {
    ANSWER,
    CHOICE,
    MESSAGE,
    TOOL_CALL,
    OTHER_CHOICE
  }
}
