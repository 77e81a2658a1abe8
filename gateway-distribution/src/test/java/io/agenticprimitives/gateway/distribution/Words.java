package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;

/// What a model says, to be put into the dialect of an upstream. Not thread-safe while it is being
/// written.
sealed interface Words permits OpenAiWords, ConverseWords {

  /// Why a model stops, in the words of both dialects.
  enum Stop {
    END_TURN("stop", "end_turn"),
    TOOL_USE("tool_calls", "tool_use"),
    MAX_TOKENS("length", "max_tokens"),
    STOP_SEQUENCE("stop", "stop_sequence"),
    CONTENT_FILTER("content_filter", "guardrail_intervened");

    final String openAi;
    final String converse;

    Stop(String openAi, String converse) {
      this.openAi = openAi;
      this.converse = converse;
    }
  }

  /// Says something.
  interface Speech {
    Words in(Words words);
  }

  /// A piece of text.
  Words text(String piece);

  /// A piece of reasoning, unsigned.
  Words reasoning(String piece);

  /// A call of a tool, its arguments in pieces.
  Words call(String id, String name, String... pieces);

  Words stop(Stop reason);

  /// What it cost.
  ///
  /// @param input tokens of the prompt, with those from the cache
  /// @param cached tokens that came from the cache; 0 is not told
  Words usage(int input, int cached, int output);

  /// The answer in the form that a request asks for: streamed or whole.
  Script answer(RecordedRequest request);
}
