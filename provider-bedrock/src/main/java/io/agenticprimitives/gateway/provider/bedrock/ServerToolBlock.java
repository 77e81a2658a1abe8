package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A block of a tool that Bedrock runs itself: its call or its result. Callers must not run it, so
/// it is no tool call for them.
final class ServerToolBlock implements OpenBlock {
  private final AnswerEvents answer;
  private final String member;
  private final ObjectNode block;
  private final StringBuilder input = new StringBuilder();
  private final ArrayNode content = ResponseJson.array();

  /// @param member `toolUse` or `toolResult`
  /// @param start the block as it begins
  ServerToolBlock(AnswerEvents answer, String member, ObjectNode start) {
    this.answer = answer;
    this.member = member;
    this.block = start;
    answer.kept().add(ResponseJson.write(start).length());
  }

  /// A piece of the text of the call's arguments.
  void input(String piece) {
    answer.kept().add(piece.length());
    input.append(piece);
  }

  /// A piece of the result's content: one part, or a list of parts.
  void content(JsonNode piece) {
    answer.kept().add(ResponseJson.write(piece).length());
    if (piece.isArray()) {
      piece.forEach(content::add);
    } else {
      content.add(piece);
    }
  }

  @Override
  public void end() {
    if (!input.isEmpty()) {
      JsonNode arguments = ResponseJson.treeOrNull(input.toString());
      if (arguments == null) {
        block.put("input", input.toString());
      } else {
        block.set("input", arguments);
      }
    }
    if (!content.isEmpty()) {
      block.set("content", content);
    }
    answer.extensions().append("server_tool_blocks", ResponseJson.object().set(member, block));
  }
}
