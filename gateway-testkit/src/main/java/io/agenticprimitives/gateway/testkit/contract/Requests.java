package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.List;
import java.util.Optional;

/// Requests to try a backend with.
final class Requests {
  /// A function with an argument.
  static final Tool.Function WEATHER =
      new Tool.Function(
          "lookup_weather",
          "Knows-the-weather",
          Optional.of(
              new JsonText(
                  "{\"type\":\"object\",\"properties\":{\"city_name\":{\"type\":\"string\"}},"
                      + "\"required\":[\"city_name\"]}")),
          Optional.empty(),
          Extras.NONE);

  private Requests() {}

  static CompletionRequest saying(String text, Delivery delivery) {
    return of(List.of(user(ContentBlock.Text.of(text)))).delivered(delivery);
  }

  static Builder of(List<Message> messages) {
    return new Builder(messages);
  }

  static Builder asking() {
    return of(List.of(user(ContentBlock.Text.of("Hello"))));
  }

  static Message user(ContentBlock... content) {
    return new Message.User(List.of(content), Extras.NONE);
  }

  static Message assistant(ContentBlock... content) {
    return new Message.Assistant(List.of(content), Extras.NONE);
  }

  static Message system(String text) {
    return new Message.SystemPrompt(false, List.of(ContentBlock.Text.of(text)), Extras.NONE);
  }

  /// A request in the making.
  static final class Builder {
    private final List<Message> messages;
    private String model = "model-1";
    private List<Tool> tools = List.of();
    private Optional<ToolChoice> choice = Optional.empty();
    private Optional<ResponseFormat> format = Optional.empty();
    private Sampling sampling = Sampling.UNSET;
    private Extras extras = Extras.NONE;

    private Builder(List<Message> messages) {
      this.messages = messages;
    }

    Builder model(String name) {
      model = name;
      return this;
    }

    Builder tools(Tool... some) {
      tools = List.of(some);
      return this;
    }

    Builder choice(ToolChoice wanted) {
      choice = Optional.of(wanted);
      return this;
    }

    Builder format(ResponseFormat wanted) {
      format = Optional.of(wanted);
      return this;
    }

    Builder sampling(Sampling wanted) {
      sampling = wanted;
      return this;
    }

    Builder extras(Extras fields) {
      extras = fields;
      return this;
    }

    CompletionRequest whole() {
      return delivered(Delivery.WHOLE);
    }

    CompletionRequest delivered(Delivery delivery) {
      return new CompletionRequest(
          model, messages, tools, choice, format, sampling, delivery, extras);
    }
  }
}
