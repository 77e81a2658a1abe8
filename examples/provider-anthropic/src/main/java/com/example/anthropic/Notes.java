package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.Set;

/// Tells the caller what of the request is not passed on as it was given.
record Notes(CallContext call) {

  void dropped(String path, String reason) {
    call.adjusted(path, CallContext.Action.DROPPED, reason);
  }

  void changed(String path, String reason) {
    call.adjusted(path, CallContext.Action.CHANGED, reason);
  }

  /// Reports the fields that have no meaning here, unless they are null, and so say nothing.
  ///
  /// @param path of what they are fields of; empty for the request
  /// @param known those that are passed on
  void unknown(String path, Extras extras, Set<String> known) {
    for (var field : extras.fields().entrySet()) {
      if (!known.contains(field.getKey()) && !isNull(field.getValue())) {
        dropped(at(path, field.getKey()), "Anthropic's API has no such field here.");
      }
    }
  }

  static boolean isNull(JsonText value) {
    return value.text().strip().equals("null");
  }

  static String at(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  static BackendException unsupported(String path, String what) {
    return new BackendException(
            ErrorKind.UNSUPPORTED, "This provider cannot pass on " + what + ": take it out.")
        .withParameter(path);
  }
}
