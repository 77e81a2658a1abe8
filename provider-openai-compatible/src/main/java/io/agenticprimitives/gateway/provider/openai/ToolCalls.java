package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tool calls of one answer. It finds out which call a piece belongs to, where servers give no
/// index, one index for all, no ids, or new ids for old calls, and turns the pieces into events.
///
/// A call starts when its name is known and its id or its first argument has come: a server that
/// has sent arguments without an id has none. It gets the next free index then, so indexes are
/// dense whatever the upstream's are. All calls end together at the end of the answer, because
/// until then a server may go back to an earlier one.
final class ToolCalls {
  /// What a call costs beside its texts, about.
  private static final int CALL_SIZE = 200;

  private final KeptSize kept;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Integer, Call> byIndex = new HashMap<>();
  private final Map<String, Call> byId = new HashMap<>();
  private @Nullable Call last;
  private @Nullable Call legacy;
  private int started;
  private int list;

  ToolCalls(KeptSize kept) {
    this.kept = kept;
  }

  /// Takes in the pieces of one `tool_calls` list.
  void add(List<ToolCallPiece> pieces, Consumer<? super StreamEvent> events) {
    list++;
    for (ToolCallPiece piece : pieces) {
      if (!piece.isEmpty() || !piece.extras().isEmpty()) {
        Call call = callOf(piece);
        call.list = list;
        last = call;
        take(call, piece, events);
      }
    }
  }

  /// Takes in a piece of the one call that the older `function_call` holds. Servers that send the
  /// call in both forms mean the newer one.
  void addLegacy(ToolCallPiece piece, Consumer<? super StreamEvent> events) {
    if (piece.isEmpty() || (legacy == null && !calls.isEmpty())) {
      return;
    }
    Call call = legacy == null ? newCall(-1, "") : legacy;
    legacy = call;
    take(call, piece, events);
  }

  private Call callOf(ToolCallPiece piece) {
    Call place = piece.index() >= 0 ? byIndex.get(piece.index()) : last;
    Call known = piece.id().isEmpty() ? null : byId.get(piece.id());
    if (known != null && !(place == null && piece.index() >= 0 && piece.hasName())) {
      return known;
    }
    if (place == null || isAnother(place, piece)) {
      return newCall(piece.index(), piece.id());
    }
    if (place.id.isEmpty() && !place.isStarted() && !piece.id().isEmpty()) {
      place.id = piece.id();
      byId.put(place.id, place);
    }
    return place;
  }

  /// Whether a piece that says it belongs to a call, or does not say where it belongs, begins
  /// another one. A piece without a name never does: some servers make up a new id for each piece.
  private boolean isAnother(Call call, ToolCallPiece piece) {
    if (!piece.hasName() || call.name.isEmpty()) {
      return piece.hasName() && isOtherId(call, piece);
    }
    if (!piece.id().isEmpty()) {
      boolean idCameLater =
          call.id.isEmpty() && !call.isStarted() && piece.name().equals(call.name);
      return !idCameLater;
    }
    // Without ids: another name, a second whole call in one list, or arguments after their end.
    return call.list == list
        || !piece.name().equals(call.name)
        || (call.progress.isComplete() && !piece.arguments().isEmpty());
  }

  private static boolean isOtherId(Call call, ToolCallPiece piece) {
    return !piece.id().isEmpty() && !call.id.isEmpty() && !piece.id().equals(call.id);
  }

  private Call newCall(int index, String id) {
    kept.add(CALL_SIZE + id.length());
    Call call = new Call(id);
    calls.add(call);
    if (index >= 0) {
      byIndex.put(index, call);
    }
    if (!id.isEmpty()) {
      byId.put(id, call);
    }
    return call;
  }

  private void take(Call call, ToolCallPiece piece, Consumer<? super StreamEvent> events) {
    if (call.name.isEmpty()) {
      call.name = piece.name();
    }
    call.custom |= piece.custom();
    piece.extras().forEach((field, value) -> addExtra(call, field, value, events));
    String arguments = piece.arguments();
    if (!call.custom) {
      call.progress.add(arguments);
    }
    if (call.isStarted()) {
      emit(call, arguments, events);
    } else {
      kept.add(arguments.length());
      call.waiting.append(arguments);
      if (!call.name.isEmpty() && !(call.id.isEmpty() && call.waiting.isEmpty())) {
        start(call, events);
      }
    }
  }

  private void addExtra(
      Call call, String field, JsonNode value, Consumer<? super StreamEvent> events) {
    if (call.isStarted()) {
      tell(call, field, value, events);
    }
    if (call.extras.put(field, value) == null) {
      kept.add(field.length() + ResponseJson.write(value).length());
    }
  }

  private void start(Call call, Consumer<? super StreamEvent> events) {
    call.index = started++;
    if (call.custom) {
      tell(call, "type", JsonNodeFactory.instance.textNode("custom"), events);
    }
    call.extras.forEach((field, value) -> tell(call, field, value, events));
    events.accept(new StreamEvent.ToolCallStarted(call.index, call.id, call.name));
    if (call.custom) {
      events.accept(new StreamEvent.ToolCallDelta(call.index, "\""));
    }
    emit(call, call.waiting.toString(), events);
    call.waiting.setLength(0);
  }

  private static void tell(
      Call call, String field, JsonNode value, Consumer<? super StreamEvent> events) {
    events.accept(
        new StreamEvent.DialectField(
            AnswerPlace.toolCall(call.index), field, new JsonText(ResponseJson.write(value))));
  }

  /// The input of a custom tool is free text. It becomes a JSON string, so that the arguments of
  /// every call are JSON.
  private static void emit(Call call, String arguments, Consumer<? super StreamEvent> events) {
    if (!arguments.isEmpty()) {
      String json =
          call.custom
              ? new String(JsonStringEncoder.getInstance().quoteAsString(arguments))
              : arguments;
      events.accept(new StreamEvent.ToolCallDelta(call.index, json));
    }
  }

  /// Starts the calls that still wait, those without a name too, and ends all.
  void end(Consumer<? super StreamEvent> events) {
    for (Call call : calls) {
      if (!call.isStarted() && call.saysAnything()) {
        start(call, events);
      }
    }
    List<Call> inOrder = calls.stream().filter(Call::isStarted).sorted(Call.BY_INDEX).toList();
    for (Call call : inOrder) {
      if (call.custom) {
        events.accept(new StreamEvent.ToolCallDelta(call.index, "\""));
      }
      events.accept(new StreamEvent.ToolCallEnded(call.index));
    }
    inOrder.forEach(call -> call.emitExtras(events));
  }

  int count() {
    return started;
  }

  private static final class Call {
    static final Comparator<Call> BY_INDEX = Comparator.comparingInt(call -> call.index);

    private String id;
    private String name = "";
    private boolean custom;
    private int index = -1;
    private int list;
    private final StringBuilder waiting = new StringBuilder();
    private final JsonProgress progress = new JsonProgress();
    private final Map<String, JsonNode> extras = new LinkedHashMap<>();

    Call(String id) {
      this.id = id;
    }

    boolean isStarted() {
      return index >= 0;
    }

    boolean saysAnything() {
      return !id.isEmpty() || !name.isEmpty() || !waiting.isEmpty();
    }

    void emitExtras(Consumer<? super StreamEvent> events) {
      extras.forEach(
          (field, value) ->
              events.accept(
                  ReasoningReplay.ofToolCall(index, field, new JsonText(ResponseJson.write(value)))
                      .encode()));
    }
  }
}
