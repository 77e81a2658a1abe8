package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Tool calls as the API documents them: everything as it comes.
final class DocumentedToolEvents implements ToolEvents {
  private final JsonBuffer json;
  private final Map<Integer, OpenToolCall> open = new HashMap<>();

  DocumentedToolEvents(JsonBuffer json) {
    this.json = json;
  }

  @Override
  public void started(StreamEvent.ToolCallStarted call) {
    open.put(call.index(), new OpenToolCall(call.id(), call.name()));
    SseFraming.begin(json, "tool_use_start").field("id", call.id()).field("name", call.name());
    SseFraming.end(json);
  }

  @Override
  public void delta(StreamEvent.ToolCallDelta delta) {
    OpenToolCall call = Objects.requireNonNull(open.get(delta.index()));
    call.arguments().append(delta.arguments());
    SseFraming.begin(json, "tool_use_delta")
        .field("id", call.id())
        .field("delta", delta.arguments());
    SseFraming.end(json);
  }

  @Override
  public void ended(StreamEvent.ToolCallEnded end) {
    OpenToolCall call = Objects.requireNonNull(open.remove(end.index()));
    SseFraming.begin(json, "tool_use_complete").field("id", call.id()).field("name", call.name());
    NativeFields.writeInput(json, call.arguments().toString());
    SseFraming.end(json);
  }
}
