package io.agenticprimitives.gateway.provider.bedrock;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/// The calls of one turn of the model and the results that they got. Used by one thread.
final class OpenCalls {

  /// In order. Every call has an id of its own by now, so no two are equal.
  private final Map<Piece.Call, Optional<Piece>> calls = new LinkedHashMap<>();

  /// The calls without a result, by the caller's id.
  private final Map<String, Queue<Piece.Call>> waiting = new HashMap<>();

  /// @param callerId which other calls may have as well
  void add(String callerId, Piece.Call call) {
    calls.put(call, Optional.empty());
    waiting.computeIfAbsent(callerId, id -> new ArrayDeque<>()).add(call);
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /// Answers the first call with this id that has no result.
  ///
  /// @return the result; empty if no call waits for one
  Optional<Piece> answer(String callerId, Function<Piece.Call, Piece> result) {
    Queue<Piece.Call> named = waiting.getOrDefault(callerId, new ArrayDeque<>());
    Optional<Piece.Call> first = Optional.ofNullable(named.poll());
    Optional<Piece> answer = first.map(result);
    first.ifPresent(call -> calls.put(call, answer));
    return answer;
  }

  /// One result for each call, in the order of the calls.
  ///
  /// @param missing makes one for a call that has none
  List<Piece> results(Function<Piece.Call, Piece> missing) {
    return calls.entrySet().stream()
        .map(call -> call.getValue().orElseGet(() -> missing.apply(call.getKey())))
        .toList();
  }
}
