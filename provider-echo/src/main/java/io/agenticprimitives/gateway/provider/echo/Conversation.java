package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.List;

/// What the echo takes in of a conversation.
///
/// @param lastWords the text of the last message, results of tools included
/// @param endsWithToolResult whether the last message brings the result of a tool
/// @param words the number of words in all of it, which the echo counts as tokens
record Conversation(String lastWords, boolean endsWithToolResult, long words) {

  static Conversation of(List<Message> messages, CallContext call) {
    String last = "";
    long words = 0;
    for (int i = 0; i < messages.size(); i++) {
      last = textOf(messages.get(i).content(), "messages[" + i + "].content", call);
      words += last.isBlank() ? 0 : last.strip().split("\\s+").length;
    }
    boolean result = !messages.isEmpty() && messages.getLast() instanceof Message.Tool;
    return new Conversation(last, result, words);
  }

  private static String textOf(List<ContentBlock> blocks, String path, CallContext call) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < blocks.size(); i++) {
      String here = path + "[" + i + "]";
      switch (blocks.get(i)) {
        case ContentBlock.Text block -> text.append(block.text());
        case ContentBlock.Json block -> text.append(block.value());
        case ContentBlock.ToolResult result -> text.append(textOf(result.content(), here, call));
        case ContentBlock.ToolUse _, ContentBlock.Reasoning _ -> {}
        default ->
            call.adjusted(here, CallContext.Action.DROPPED, "The echo understands text only.");
      }
    }
    return text.toString();
  }
}
