package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.core.BackendCall;
import io.agenticprimitives.gateway.core.BackendState;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.Gateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks all backends for all they can do.
record PluginUse(Gateway gateway) {

  void everything() {
    assertThat(gateway.readiness().ready()).as(gateway.readiness().reasons().toString()).isTrue();
    for (BackendState backend : gateway.backends()) {
      String name = backend.name();
      assertThat(ask(name, "answer", Delivery.STREAMED)).as(name).contains("Hello");
      assertThat(ask(name, "answer", Delivery.WHOLE)).as(name).contains("Hello");
      assertThat(gateway.models(options(name)).models()).as(name).isNotEmpty();
      if (!name.equals("echo")) {
        leave(name);
        assertThatThrownBy(() -> ask(name, "refused", Delivery.STREAMED))
            .as(name)
            .isInstanceOf(BackendException.class);
        assertThatThrownBy(() -> ask(name, "cut", Delivery.STREAMED))
            .as(name)
            .isInstanceOf(BackendException.class);
      }
    }
  }

  private String ask(String backend, String model, Delivery delivery) {
    StringBuilder text = new StringBuilder();
    try (BackendCall call = gateway.complete(request(model, delivery), options(backend))) {
      StreamEvent event = call.next();
      while (!(event instanceof StreamEvent.Finished)) {
        if (event instanceof StreamEvent.TextDelta delta) {
          text.append(delta.text());
        }
        event = call.next();
      }
    }
    return text.toString();
  }

  /// Closes a call whose answer goes on.
  private void leave(String backend) {
    try (BackendCall call =
        gateway.complete(request("endless", Delivery.STREAMED), options(backend))) {
      assertThat(call.next()).isInstanceOf(StreamEvent.Started.class);
    }
  }

  private static CallOptions options(String backend) {
    return new CallOptions("unload", Optional.of(backend), Optional.empty(), Map.of(), false);
  }

  private static CompletionRequest request(String model, Delivery delivery) {
    return new CompletionRequest(
        model,
        conversation(),
        List.of(
            new Tool.Function(
                "look up!", "", Optional.of(JsonText.EMPTY_OBJECT), Optional.empty(), Extras.NONE)),
        Optional.empty(),
        Optional.empty(),
        Sampling.UNSET,
        delivery,
        Extras.NONE);
  }

  /// With what the plugins must translate: a call of a tool, its result, and reasoning.
  private static List<Message> conversation() {
    JsonText opaque = new JsonText("{\"reasoningContent\":{\"redactedContent\":\"AAEC\"}}");
    return List.of(
        new Message.User(List.of(ContentBlock.Text.of("Hello")), Extras.NONE),
        new Message.Assistant(
            List.of(
                new ContentBlock.Reasoning("", Optional.of(opaque), Extras.NONE),
                new ContentBlock.ToolUse("id 1", "look up!", "{}", Extras.NONE)),
            Extras.NONE),
        new Message.Tool(
            List.of(
                new ContentBlock.ToolResult(
                    "id 1", List.of(ContentBlock.Text.of("found")), false, Extras.NONE)),
            Extras.NONE),
        new Message.User(List.of(ContentBlock.Text.of("Hello")), Extras.NONE));
  }
}
