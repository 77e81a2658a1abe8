package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds fields up that were told in pieces, as a backend does: those of the answer come whole, and
/// all pieces of other fields here hold one text in the same frame.
final class SumsOfPieces {
  private final Map<AnswerPlace, Map<String, List<String>>> pieces = new LinkedHashMap<>();

  void add(StreamEvent event) {
    if (event instanceof StreamEvent.DialectField field) {
      List<String> known =
          pieces
              .computeIfAbsent(field.place(), place -> new LinkedHashMap<>())
              .computeIfAbsent(field.name(), name -> new ArrayList<>());
      if (field.place().equals(AnswerPlace.ANSWER)) {
        known.clear();
      }
      known.add(field.value().text());
    }
  }

  List<StreamEvent.Extension> all() {
    List<StreamEvent.Extension> sums = new ArrayList<>();
    pieces.forEach(
        (place, fields) ->
            fields.forEach(
                (name, values) ->
                    sums.add(
                        new StreamEvent.Extension(place, name, new JsonText(sum(name, values))))));
    return sums;
  }

  private static String sum(String name, List<String> values) {
    String separator = name.equals("logprobs") ? "," : "";
    StringBuilder sum = new StringBuilder();
    String first = values.getFirst();
    if (!first.startsWith("[") && !first.startsWith("{")) {
      return first;
    }
    String start = name.equals("logprobs") ? "{\"content\":[" : "[{\"index\":0,\"text\":\"";
    String end = name.equals("logprobs") ? "]}" : "\"}]";
    for (String value : values) {
      sum.append(sum.isEmpty() ? start : separator);
      sum.append(value, start.length(), value.length() - end.length());
    }
    return sum.append(end).toString();
  }
}
