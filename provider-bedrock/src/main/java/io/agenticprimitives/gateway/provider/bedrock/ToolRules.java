package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.ChoiceWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides which tools Bedrock is told of, and whether the model must call one. Converse has no
/// word for "none", and wants declarations whenever the conversation holds calls ("The toolConfig
/// field must be defined when using toolUse and toolResult content blocks").
record ToolRules(Reports reports, ModelTraits traits) {
  private static final String PATH = "tool_choice";

  /// @param choice empty for the model's default
  record Decision(List<Piece> tools, Optional<Choice> choice) {}

  Decision decide(Conversation conversation, Optional<ToolChoice> wanted) {
    List<Piece> declared = conversation.tools();
    Map<String, Piece> called = calledTools(conversation.turns());
    ToolChoice asked = wanted.map(this::inOurWords).orElseGet(ToolChoice.Auto::new);
    if (asked instanceof ToolChoice.None) {
      return new Decision(withoutCalls(declared, called), Optional.empty());
    }
    List<Piece> tools = declaredOrCalled(declared, called);
    if (!hasTools(declared)) {
      if (!(asked instanceof ToolChoice.Auto)) {
        reports.dropped(PATH, "The request has no tools to choose from.");
      }
      return new Decision(tools, Optional.empty());
    }
    return new Decision(tools, wanted.isEmpty() ? Optional.empty() : choice(asked, tools));
  }

  /// One declaration for each tool that the conversation has called.
  private static Map<String, Piece> calledTools(List<Turn> turns) {
    Map<String, Piece> called = new LinkedHashMap<>();
    for (Turn turn : turns) {
      for (Piece piece : turn.pieces()) {
        if (piece instanceof Piece.Call call) {
          called.putIfAbsent(call.name(), stub(call));
        }
      }
    }
    return called;
  }

  private static Piece stub(Piece.Call call) {
    if (call.isServers()) {
      JsonNode tool = JsonTrees.emptyObject().put("name", call.name());
      return new Piece.Native(call.path(), "systemTool", JsonTrees.wrap("systemTool", tool));
    }
    return new Piece.ToolSpec(call.path(), call.name(), "", ToolReader.NO_PARAMETERS, false);
  }

  /// Whether there is more than cache points.
  static boolean hasTools(List<Piece> declared) {
    return declared.stream().anyMatch(piece -> !(piece instanceof Piece.CachePoint));
  }

  private List<Piece> declaredOrCalled(List<Piece> declared, Map<String, Piece> called) {
    if (hasTools(declared) || called.isEmpty()) {
      return declared;
    }
    reports.changed(
        "tools",
        "The conversation holds calls, so Bedrock must be told of tools; those that were called"
            + " are declared by their names.");
    List<Piece> tools = new ArrayList<>(called.values());
    tools.addAll(declared);
    return tools;
  }

  private List<Piece> withoutCalls(List<Piece> declared, Map<String, Piece> called) {
    if (called.isEmpty()) {
      if (!declared.isEmpty()) {
        reports.dropped("tools", "Bedrock cannot forbid calls, so it is not told of the tools.");
      }
      return List.of();
    }
    reports.dropped(
        PATH,
        "Bedrock cannot forbid calls, and must be told of tools as the conversation holds calls:"
            + " the model may call one.");
    return declaredOrCalled(declared, called);
  }

  private Optional<Choice> choice(ToolChoice asked, List<Piece> tools) {
    return switch (asked) {
      case ToolChoice.Auto() -> supported(Choice.of(ChoiceWord.AUTO));
      case ToolChoice.Required() -> supported(Choice.of(ChoiceWord.ANY));
      case ToolChoice.Named(String name) -> {
        boolean declared =
            tools.stream().anyMatch(t -> t instanceof Piece.ToolSpec s && s.name().equals(name));
        if (!declared) {
          throw Reports.invalid(PATH, "The request has no tool with the name '" + name + "'.");
        }
        yield supported(new Choice(ChoiceWord.TOOL, name));
      }
      default -> {
        reports.dropped(PATH, "Bedrock has no word for this choice.");
        yield Optional.empty();
      }
    };
  }

  private Optional<Choice> supported(Choice choice) {
    if (traits.toolChoices().contains(choice.word())) {
      return Optional.of(choice);
    }
    if (choice.word() == ChoiceWord.TOOL && traits.toolChoices().contains(ChoiceWord.ANY)) {
      reports.changed(PATH, "This model cannot be made to call one tool; it must call any.");
      return Optional.of(Choice.of(ChoiceWord.ANY));
    }
    if (choice.isForced()) {
      reports.dropped(PATH, "This model cannot be made to call a tool; it may answer without.");
    }
    return Optional.empty();
  }

  /// A choice that the caller wrote in Bedrock's form.
  private ToolChoice inOurWords(ToolChoice asked) {
    if (!(asked instanceof ToolChoice.Other other)) {
      return asked;
    }
    JsonNode json = JsonTrees.read(other.json(), PATH);
    if (json.has("auto")) {
      return new ToolChoice.Auto();
    }
    if (json.has("any")) {
      return new ToolChoice.Required();
    }
    JsonNode tool = json.path("tool").path("name");
    return tool.isTextual() ? new ToolChoice.Named(tool.textValue()) : asked;
  }
}
