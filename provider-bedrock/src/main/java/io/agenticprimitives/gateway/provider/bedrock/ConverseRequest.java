package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import java.nio.charset.StandardCharsets;

/// A request as it goes to Bedrock.
final class ConverseRequest {
  private final byte[] body;
  private final boolean streamed;
  private final ToolNames toolNames;

  /// @param body JSON in UTF-8; not copied
  ConverseRequest(byte[] body, boolean streamed, ToolNames toolNames) {
    this.body = body;
    this.streamed = streamed;
    this.toolNames = toolNames;
  }

  /// The body: JSON in UTF-8. Not to be changed.
  byte[] body() {
    return body;
  }

  /// Whether it is one for ConverseStream. A stream is not asked of models that cannot call tools
  /// in one, whatever the caller wants: the whole answer is then to be given as events.
  boolean streamed() {
    return streamed;
  }

  /// The same request for Converse, which does not know how a stream is to be guarded.
  ConverseRequest whole() {
    JsonText json = new JsonText(new String(body, StandardCharsets.UTF_8));
    ObjectNode members = JsonTrees.readObject(json, "");
    boolean changed =
        members.path(RequestMembers.GUARDRAIL) instanceof ObjectNode guardrail
            && guardrail.remove(RequestMembers.STREAM_MODE) != null;
    byte[] same = changed ? JsonTrees.text(members).getBytes(StandardCharsets.UTF_8) : body;
    return new ConverseRequest(same, false, toolNames);
  }

  /// Names the tools of the answer as the caller knows them.
  ToolNames toolNames() {
    return toolNames;
  }
}
