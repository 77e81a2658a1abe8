package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.Objects;

/// What an answer is called, and when it was made, if its upstream does not say.
///
/// @param id of the answer
/// @param created seconds since 1970
public record AnswerIdentity(String id, long created) {
  public AnswerIdentity {
    Objects.requireNonNull(id);
  }

  /// Writes the first fields of an answer: `id`, `object`, `created` and `model`.
  ///
  /// @param fields those of the upstream, which go before; they are taken out
  void write(String object, String model, AnswerFields fields, JsonBuffer json) {
    JsonText upstreamId = fields.take(AnswerPlace.ANSWER, "id").orElse(JsonText.NULL);
    json.name("id");
    if (upstreamId.text().startsWith("\"") && upstreamId.text().length() > 2) {
      json.value(upstreamId);
    } else {
      json.value(id);
    }
    json.field("object", object).name("created");
    JsonText upstreamTime = fields.take(AnswerPlace.ANSWER, "created").orElse(JsonText.NULL);
    if (isWholeNumber(upstreamTime.text())) {
      json.value(upstreamTime);
    } else {
      json.value(created);
    }
    json.field("model", model);
  }

  /// SDKs insist on it.
  static boolean isWholeNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
