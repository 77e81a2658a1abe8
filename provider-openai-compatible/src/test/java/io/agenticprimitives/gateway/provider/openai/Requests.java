package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.List;
import java.util.Optional;

/// Plain requests and configurations to start from.
final class Requests {
  private Requests() {}

  static CompletionRequest of(Delivery delivery, Message... messages) {
    return of(delivery, List.of(), Optional.empty(), messages);
  }

  static CompletionRequest of(
      Delivery delivery, List<Tool> tools, Optional<ToolChoice> choice, Message... messages) {
    return new CompletionRequest(
        "",
        List.of(messages),
        tools,
        choice,
        Optional.empty(),
        Sampling.UNSET,
        delivery,
        Extras.NONE);
  }

  static Message user(ContentBlock... blocks) {
    return new Message.User(List.of(blocks), Extras.NONE);
  }
}
