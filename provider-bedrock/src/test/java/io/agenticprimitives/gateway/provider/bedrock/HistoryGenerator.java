package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Makes conversations as careless callers send them: roles in any order, parallel and cancelled
/// calls, results that are late, doubled or of nobody, odd names and ids.
final class HistoryGenerator {
  static final List<String> TOOL_NAMES =
      List.of("get_weather", "files/read.v2", "x".repeat(70), "名前", "", "get weather", "plain");

  private final Facts facts;
  private final BlockGenerator blocks;
  private final List<Message> messages = new ArrayList<>();
  private final List<OpenCall> open = new ArrayList<>();
  private final List<String> usedIds = new ArrayList<>(List.of("ghost"));

  HistoryGenerator(Facts facts) {
    this.facts = facts;
    this.blocks = new BlockGenerator(facts);
  }

  /// @param mark in the arguments; empty if there are none
  private record OpenCall(String id, String mark) {}

  List<Message> messages() {
    if (facts.once(2)) {
      systemPrompt();
    }
    int steps = 1 + facts.random().nextInt(7);
    for (int i = 0; i < steps; i++) {
      switch (facts.random().nextInt(10)) {
        case 0 -> systemPrompt();
        case 1 -> otherRole();
        case 2, 3, 4 -> user();
        default -> {
          assistant();
          results();
        }
      }
    }
    if (messages.stream().noneMatch(Message.User.class::isInstance)) {
      user();
    }
    return messages;
  }

  private String path() {
    return "messages[" + messages.size() + "]";
  }

  private void systemPrompt() {
    boolean developer = facts.once(3);
    messages.add(new Message.SystemPrompt(developer, blocks.user(path(), 3), Extras.NONE));
  }

  private void otherRole() {
    String role = facts.pick(List.of("narrator", "function"));
    messages.add(new Message.Other(role, blocks.result(path(), 2), Extras.NONE));
  }

  private void user() {
    List<ContentBlock> content = new ArrayList<>(blocks.user(path(), 4));
    if (facts.once(4)) {
      content.add(result(path() + ".content[" + content.size() + "]", orphanId(), ""));
    }
    if (facts.once(8)) {
      content.add(call(path() + ".content[" + content.size() + "]"));
      open.removeLast();
    }
    messages.add(new Message.User(content, Extras.NONE));
  }

  private void assistant() {
    if (!(messages.isEmpty() || messages.getLast() instanceof Message.Assistant)) {
      open.clear();
    }
    List<ContentBlock> content = new ArrayList<>(blocks.assistant(path(), 3));
    int calls = facts.random().nextInt(4);
    for (int i = 0; i < calls; i++) {
      content.add(call(path() + ".content[" + content.size() + "]"));
    }
    if (facts.once(6)) {
      content.add(result(path() + ".content[" + content.size() + "]", orphanId(), ""));
    }
    messages.add(new Message.Assistant(content, Extras.NONE));
    if (facts.once(10)) {
      assistant();
    }
  }

  private ContentBlock call(String path) {
    String id =
        switch (facts.random().nextInt(8)) {
          case 0 -> "";
          case 1 -> "call " + facts.mark("é");
          case 2 -> facts.mark("y".repeat(70));
          case 3 -> facts.pick(usedIds);
          default -> facts.mark("call_");
        };
    if (!id.isEmpty()) {
      facts.facts().add(new Facts.Fact(path + ".id", id));
    }
    usedIds.add(id);
    String name = facts.pick(TOOL_NAMES);
    String mark = facts.once(4) ? "" : facts.at(path, "arg");
    open.add(new OpenCall(id, mark));
    return new ContentBlock.ToolUse(id, name, arguments(mark), Extras.NONE);
  }

  private String arguments(String mark) {
    return mark.isEmpty()
        ? facts.pick(List.of("", "null", "{}", " "))
        : facts.pick(
            List.of(
                "{\"k\":\"" + mark + "\"}",
                " {\"n\": 1.50, \"k\":\"" + mark + "\"}\n",
                "[\"" + mark + "\"]",
                "{\"k\":\"" + mark));
  }

  /// Results for most of the open calls, in any order, in one or more messages.
  private void results() {
    List<OpenCall> answered = new ArrayList<>(open);
    if (facts.once(3)) {
      Collections.shuffle(answered, facts.random());
    }
    answered.removeIf(call -> facts.once(5));
    if (facts.once(4)) {
      messages.add(new Message.User(blocks.user(path(), 2), Extras.NONE));
    }
    while (!answered.isEmpty()) {
      List<ContentBlock> content = new ArrayList<>();
      do {
        OpenCall call = answered.removeFirst();
        boolean sure = open.stream().filter(c -> c.id().equals(call.id())).count() == 1;
        String path = path() + ".content[" + content.size() + "]";
        content.add(result(path, call.id(), sure ? call.mark() : ""));
      } while (!answered.isEmpty() && facts.once(2));
      messages.add(
          facts.once(3)
              ? new Message.User(content, Extras.NONE)
              : new Message.Tool(content, Extras.NONE));
    }
  }

  /// @param callMark of the call that it answers; empty if that is not sure
  private ContentBlock result(String path, String id, String callMark) {
    List<ContentBlock> content = new ArrayList<>(blocks.result(path, 2));
    if (facts.once(2)) {
      String mark = facts.at(path, "result");
      content.add(ContentBlock.Text.of(mark));
      if (!callMark.isEmpty()) {
        facts.pairs().add(new Facts.Pair(callMark, mark));
      }
    }
    return new ContentBlock.ToolResult(id, content, facts.once(4), Extras.NONE);
  }

  private String orphanId() {
    return facts.once(2) ? facts.mark("orphan") : facts.pick(usedIds);
  }
}
