package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.ChoiceWord;
import java.util.Optional;

/// How the model is to answer: the settings that depend on one another. Used by one thread, for one
/// request.
final class Tuning {
  private Inference inference;
  private Optional<Choice> choice;
  private Optional<String> effort = Optional.empty();
  private final ObjectNode modelFields;

  /// @param modelFields the `additionalModelRequestFields`
  Tuning(Inference inference, Optional<Choice> choice, ObjectNode modelFields) {
    this.inference = inference;
    this.choice = choice;
    this.modelFields = modelFields;
  }

  Inference inference() {
    return inference;
  }

  void inference(Inference changed) {
    inference = changed;
  }

  /// The tool choice in `toolConfig`.
  Optional<Choice> choice() {
    return choice;
  }

  /// Leaves it to the model whether it calls a tool, which is the default.
  void clearChoice() {
    choice = Optional.empty();
  }

  boolean isForced() {
    return choice.filter(Choice::isForced).isPresent();
  }

  /// The choice's word, the default if none was made.
  ChoiceWord choiceWord() {
    return choice.map(Choice::word).orElse(ChoiceWord.AUTO);
  }

  /// The `effort` in `outputConfig`.
  Optional<String> effort() {
    return effort;
  }

  void effort(String word) {
    effort = Optional.of(word);
  }

  /// The model's own fields; changed in place.
  ObjectNode modelFields() {
    return modelFields;
  }
}
