package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.ChoiceWord;

/// A tool choice in Converse's words.
///
/// @param tool the tool's name as the caller knows it; empty unless the word is `tool`
record Choice(ChoiceWord word, String tool) {

  static Choice of(ChoiceWord word) {
    return new Choice(word, "");
  }

  /// Whether the model must call something.
  boolean isForced() {
    return word != ChoiceWord.AUTO;
  }
}
