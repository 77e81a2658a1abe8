package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A prompt that is stored at Bedrock and named by its ARN instead of a model. It has its own
/// system prompt, tools and settings, and Converse refuses those members beside it.
record StoredPrompt(Reports reports) {

  /// Whether a model id names a prompt.
  static boolean isNamedBy(String modelId) {
    return modelId.startsWith("arn:") && modelId.contains(":prompt/");
  }

  /// Members without those that the prompt has itself.
  static Extras members(Extras members) {
    Map<String, JsonText> kept = new LinkedHashMap<>(members.fields());
    kept.remove(RequestMembers.MODEL_FIELDS);
    return new Extras(kept);
  }

  /// The request without what the prompt has itself.
  CompletionRequest strip(CompletionRequest request) {
    if (!request.tools().isEmpty() || request.toolChoice().isPresent()) {
      dropped("tools");
    }
    if (!request.sampling().equals(Sampling.UNSET)) {
      dropped("temperature, max_tokens and the like");
    }
    if (request.extras().fields().containsKey(RequestMembers.MODEL_FIELDS)) {
      dropped(RequestMembers.MODEL_FIELDS);
    }
    return new CompletionRequest(
        request.model(),
        withoutSystem(request.messages()),
        List.of(),
        Optional.empty(),
        request.responseFormat(),
        Sampling.UNSET,
        request.delivery(),
        members(request.extras()));
  }

  /// Emptied, not removed, so that the messages keep their places.
  private List<Message> withoutSystem(List<Message> messages) {
    List<Message> stripped = new ArrayList<>(messages);
    for (int i = 0; i < stripped.size(); i++) {
      if (!(stripped.get(i) instanceof Message.SystemPrompt prompt)) {
        break;
      }
      dropped("messages[" + i + "]");
      stripped.set(i, new Message.SystemPrompt(prompt.developer(), List.of(), Extras.NONE));
    }
    return stripped;
  }

  private void dropped(String path) {
    reports.dropped(path, "The stored prompt has its own; Bedrock refuses others beside it.");
  }
}
