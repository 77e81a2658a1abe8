package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What Converse would refuse in a request.
final class Violations {
  private final List<String> found = new ArrayList<>();

  List<String> found() {
    return found;
  }

  void check(boolean right, String place, String rule) {
    if (!right) {
      found.add(place + ": " + rule);
    }
  }

  /// The one key of a union; empty if it is not a union.
  String union(JsonNode block, String place, Set<String> members) {
    check(block.isObject() && block.size() == 1, place, "must have exactly one member");
    String member = block.isObject() && !block.isEmpty() ? block.fieldNames().next() : "";
    check(members.contains(member), place, "takes no member '" + member + "'");
    return member;
  }

  /// That an object has no members but these.
  void members(JsonNode object, String place, Set<String> required, Set<String> optional) {
    check(object.isObject(), place, "must be an object");
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    check(names.containsAll(required), place, "must have " + required + " but has " + names);
    names.removeAll(required);
    names.removeAll(optional);
    check(names.isEmpty(), place, "takes no " + names);
  }

  void matches(JsonNode text, String place, String pattern) {
    check(text.isTextual() && text.textValue().matches(pattern), place, "must match " + pattern);
  }

  void oneOf(JsonNode text, String place, Set<String> words) {
    check(words.contains(text.asText("")), place, "must be one of " + words + " but is " + text);
  }

  void notBlank(JsonNode text, String place) {
    boolean seen =
        text.isTextual()
            && text.textValue()
                .codePoints()
                .anyMatch(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c));
    check(seen, place, "must have a visible character");
  }
}
