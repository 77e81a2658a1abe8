package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agenticprimitives.gateway.api.JsonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Collects what is wrong with a request, so that a caller sees all of it at once. The types and
/// messages are those of the original project (its validator is pydantic 2).
final class Faults {
  /// More are of no use to anybody.
  private static final int KEPT = 100;

  /// The longest input that is echoed, in characters.
  private static final int LONGEST_INPUT = 1000;

  private final List<String> fieldOrder;
  private final List<RequestFault> faults = new ArrayList<>();

  /// @param fieldOrder the order in which faults of the body's fields are told
  Faults(List<String> fieldOrder) {
    this.fieldOrder = fieldOrder;
  }

  void missing(Location place, JsonNode around) {
    add("missing", place, "Field required", around.toString());
  }

  void notADictionary(Location place, JsonNode input) {
    add("dict_type", place, "Input should be a valid dictionary", input.toString());
  }

  void notAList(Location place, JsonNode input) {
    add("list_type", place, "Input should be a valid list", input.toString());
  }

  void notAString(Location place, JsonNode input) {
    add("string_type", place, "Input should be a valid string", input.toString());
  }

  void add(String type, Location place, String message, String inputJson) {
    add(type, place, message, inputJson, Optional.empty());
  }

  void add(
      String type, Location place, String message, String inputJson, Optional<JsonText> context) {
    if (faults.size() < KEPT) {
      faults.add(new RequestFault(type, place.steps(), message, shortened(inputJson), context));
    }
  }

  private static JsonText shortened(String json) {
    return json.length() <= LONGEST_INPUT
        ? new JsonText(json)
        : quoted(json.substring(0, LONGEST_INPUT) + "...");
  }

  static JsonText quoted(String text) {
    return new JsonText(JsonNodeFactory.instance.textNode(text).toString());
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  RequestFaultsException asException() {
    return new RequestFaultsException(
        faults.stream().sorted(Comparator.comparingInt(this::rank)).toList());
  }

  private int rank(RequestFault fault) {
    int rank = fault.loc().size() < 2 ? -1 : fieldOrder.indexOf(fault.loc().get(1).toString());
    return rank < 0 && fault.loc().size() >= 2 ? fieldOrder.size() : rank;
  }
}
