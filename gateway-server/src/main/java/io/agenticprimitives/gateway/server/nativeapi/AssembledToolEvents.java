package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/// Tool calls one after the other, each in one go, in the order in which they started: a call that
/// is complete waits for those before it.
final class AssembledToolEvents implements ToolEvents {
  private final JsonBuffer json;
  private final Map<Integer, OpenToolCall> calls = new HashMap<>();
  private final Queue<Integer> order = new ArrayDeque<>();
  private final Set<Integer> complete = new HashSet<>();

  AssembledToolEvents(JsonBuffer json) {
    this.json = json;
  }

  @Override
  public void started(StreamEvent.ToolCallStarted call) {
    calls.put(call.index(), new OpenToolCall(call.id(), call.name()));
    order.add(call.index());
  }

  @Override
  public void delta(StreamEvent.ToolCallDelta delta) {
    Objects.requireNonNull(calls.get(delta.index())).arguments().append(delta.arguments());
  }

  @Override
  public void ended(StreamEvent.ToolCallEnded end) {
    complete.add(end.index());
    while (complete.contains(order.peek())) {
      write(Objects.requireNonNull(calls.remove(order.remove())));
    }
  }

  private void write(OpenToolCall call) {
    SseFraming.begin(json, "tool_use_start").field("id", call.id()).field("name", call.name());
    SseFraming.end(json);
    SseFraming.begin(json, "tool_use_complete").field("id", call.id()).field("name", "");
    NativeFields.writeInput(json, call.arguments().toString());
    SseFraming.end(json);
  }
}
