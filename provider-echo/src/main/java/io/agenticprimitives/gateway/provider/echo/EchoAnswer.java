package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.CallContext.Action;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answer to one request, as events.
final class EchoAnswer {
  private final CompletionRequest request;
  private final Conversation conversation;
  private final List<StreamEvent> events = new ArrayList<>();

  private EchoAnswer(CompletionRequest request, Conversation conversation) {
    this.request = request;
    this.conversation = conversation;
  }

  static EchoAnswer to(CompletionRequest request, String model, CallContext call) {
    request
        .responseFormat()
        .filter(format -> !(format instanceof ResponseFormat.Text))
        .ifPresent(_ -> call.adjusted("response_format", Action.DROPPED, "The echo has no form."));
    EchoAnswer answer = new EchoAnswer(request, Conversation.of(request.messages(), call));
    answer.events.add(new StreamEvent.Started(model));
    Optional<String> tool = answer.toolToCall();
    if (tool.isPresent()) {
      answer.call(tool.get());
    } else {
      answer.say(answer.conversation.lastWords());
    }
    return answer;
  }

  List<StreamEvent> events() {
    return events;
  }

  private Optional<String> toolToCall() {
    List<String> names =
        request.tools().stream()
            .filter(Tool.Function.class::isInstance)
            .map(tool -> ((Tool.Function) tool).name())
            .toList();
    ToolChoice choice = request.toolChoice().orElseGet(ToolChoice.Auto::new);
    if (conversation.endsWithToolResult() || choice instanceof ToolChoice.None) {
      return Optional.empty();
    }
    return switch (choice) {
      case ToolChoice.Named named -> Optional.of(named.name());
      case ToolChoice.Required _ -> names.stream().findFirst();
      default -> names.stream().filter(this::isAskedFor).findFirst();
    };
  }

  private boolean isAskedFor(String name) {
    String words = conversation.lastWords().strip();
    return words.equals("call " + name) || words.startsWith("call " + name + " ");
  }

  private void call(String tool) {
    String words = conversation.lastWords();
    int brace = words.indexOf('{');
    String arguments = brace < 0 ? "{}" : words.substring(brace).strip();
    String valid = JsonText.isValid(arguments) ? arguments : "{}";
    events.add(new StreamEvent.ToolCallStarted(0, "", tool));
    events.add(new StreamEvent.ToolCallDelta(0, valid));
    events.add(new StreamEvent.ToolCallEnded(0));
    finish(StopReason.TOOL_USE, 1);
  }

  /// Word by word; a word keeps the blanks behind it.
  private void say(String text) {
    List<String> words = List.of(text.split("(?<=\\s)(?=\\S)"));
    int limit = request.sampling().tokenLimit().orElse(Integer.MAX_VALUE);
    int said = 0;
    for (String word : words) {
      if (said == limit) {
        finish(StopReason.MAX_TOKENS, said);
        return;
      }
      if (!word.isEmpty()) {
        events.add(new StreamEvent.TextDelta(word));
        said++;
      }
    }
    finish(StopReason.END_TURN, said);
  }

  private void finish(StopReason reason, int outputTokens) {
    Usage usage = Usage.of(conversation.words(), outputTokens);
    events.add(new StreamEvent.Finished(reason, reason.wireName(), usage));
  }
}
