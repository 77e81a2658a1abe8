package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.CallContext.Action;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.Set;

/// Tells the caller what became of those parts of a request that Converse has no word for.
record Reports(CallContext call) {

  /// The part was left out.
  void dropped(String path, String reason) {
    call.adjusted(path, Action.DROPPED, reason);
  }

  /// The part was replaced by something near to it.
  void changed(String path, String reason) {
    call.adjusted(path, Action.CHANGED, reason);
  }

  /// Reports every field but those that the translation has understood.
  ///
  /// @param path of the object that holds the fields; empty for the request itself
  void unknown(String path, Extras extras, Set<String> understood) {
    for (String field : extras.fields().keySet()) {
      if (!understood.contains(field)) {
        dropped(at(path, field), "Bedrock's Converse API has no field for it.");
      }
    }
  }

  /// The path of a field of an object.
  static String at(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /// The request is wrong in a way that Bedrock would refuse.
  static BackendException invalid(String path, String sentence) {
    return new BackendException(ErrorKind.INVALID_REQUEST, path + ": " + sentence);
  }

  /// Bedrock cannot do what this part asks, and leaving it out would change the question.
  static BackendException unsupported(String path, String sentence) {
    return new BackendException(ErrorKind.UNSUPPORTED, path + ": " + sentence);
  }
}
