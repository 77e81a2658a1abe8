package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The tool calls of a streamed answer. SDKs rely on an index on every piece, on id, type and name
/// in the first, and on arguments that are JSON in the end, `{}` if the model wrote none.
final class ChunkToolCalls {
  /// Space is held back only so far.
  private static final int LONGEST_NOTHING = 64;

  private final boolean functions;
  private final AnswerFields fields;
  private final Consumer<Runnable> delta;
  private final JsonBuffer json;
  private final List<Call> calls = new ArrayList<>();

  /// What came of a call before it started.
  private final Map<AnswerPlace, List<StreamEvent.DialectField>> waiting = new HashMap<>();

  /// One call, by its index.
  private static final class Call {
    final boolean custom;

    /// What may still turn out to be no arguments; all of the input of a custom tool.
    final StringBuilder held = new StringBuilder();

    boolean begun;

    Call(boolean custom) {
      this.custom = custom;
    }

    /// Some servers write `null` where there are no arguments.
    boolean saysNothing() {
      return held.length() <= LONGEST_NOTHING && "null".startsWith(held.toString().strip());
    }
  }

  /// @param functions whether the caller offered its tools in the older form `functions`
  /// @param fields further fields of calls
  /// @param delta writes a chunk around the members of its delta
  ChunkToolCalls(
      boolean functions, AnswerFields fields, Consumer<Runnable> delta, JsonBuffer json) {
    this.functions = functions;
    this.fields = fields;
    this.delta = delta;
    this.json = json;
  }

  /// Whether the one call of the answer was written in the older form.
  boolean isFunctionCall() {
    return functions && calls.size() == 1;
  }

  /// A field of a call as it came; before the call has started it waits.
  void field(StreamEvent.DialectField field) {
    int index = field.place().index();
    if (index >= calls.size()) {
      waiting.computeIfAbsent(field.place(), place -> new ArrayList<>()).add(field);
    } else if (!isOldForm(index)) {
      write(index, () -> write(field));
    }
  }

  private void write(StreamEvent.DialectField field) {
    AnswerFields.write(field.place(), field.name(), field.value(), json);
  }

  void started(StreamEvent.ToolCallStarted call) {
    List<StreamEvent.DialectField> early = waiting.remove(AnswerPlace.toolCall(call.index()));
    List<StreamEvent.DialectField> known = early == null ? new ArrayList<>() : early;
    boolean custom = known.removeIf(CustomToolCall::isType);
    calls.add(new Call(custom));
    if (isOldForm(call.index())) {
      writeOld(() -> json.field("name", call.name()).field("arguments", ""));
      return;
    }
    // One piece of each field: a field cannot stand twice in one object.
    Map<String, StreamEvent.DialectField> first = new LinkedHashMap<>();
    known.removeIf(field -> first.putIfAbsent(field.name(), field) == null);
    String kind = custom ? "custom" : "function";
    write(
        call.index(),
        () -> {
          json.field("id", call.id()).field("type", kind).name(kind).object();
          json.field("name", call.name()).field(custom ? "input" : "arguments", "").endObject();
          first.values().forEach(this::write);
        });
    known.forEach(this::field);
  }

  void delta(StreamEvent.ToolCallDelta delta) {
    Call call = calls.get(delta.index());
    if (call.begun) {
      writeArguments(delta.index(), delta.arguments());
      return;
    }
    call.held.append(delta.arguments());
    if (!call.custom && !call.saysNothing()) {
      call.begun = true;
      writeArguments(delta.index(), call.held.toString());
    }
  }

  void ended(StreamEvent.ToolCallEnded ended) {
    Call call = calls.get(ended.index());
    if (call.custom) {
      String input = CustomToolCall.input(call.held.toString());
      write(ended.index(), () -> json.name("custom").object().field("input", input).endObject());
    } else if (!call.begun) {
      ToolCall whole = new ToolCall("", "", call.held.toString());
      writeArguments(ended.index(), whole.arguments());
    }
  }

  /// Writes further fields that came only when the calls had ended, into a delta that is open.
  void drainFields() {
    List<Integer> late = new ArrayList<>();
    for (int index = 0; index < calls.size(); index++) {
      if (!fields.isEmpty(AnswerPlace.toolCall(index)) && !isOldForm(index)) {
        late.add(index);
      }
    }
    if (late.isEmpty()) {
      return;
    }
    json.name("tool_calls").array();
    for (int index : late) {
      json.object().field("index", index);
      fields.drain(AnswerPlace.toolCall(index), json);
      json.endObject();
    }
    json.endArray();
  }

  private void writeArguments(int index, String arguments) {
    if (isOldForm(index)) {
      writeOld(() -> json.field("arguments", arguments));
    } else {
      write(index, () -> json.name("function").object().field("arguments", arguments).endObject());
    }
  }

  /// The older form has room for one call; further ones, which its callers do not expect, must not
  /// be lost.
  private boolean isOldForm(int index) {
    return functions && index == 0;
  }

  private void writeOld(Runnable members) {
    delta.accept(
        () -> {
          json.name("function_call").object();
          members.run();
          json.endObject();
        });
  }

  private void write(int index, Runnable members) {
    delta.accept(
        () -> {
          json.name("tool_calls").array().object().field("index", index);
          members.run();
          json.endObject().endArray();
        });
  }
}
