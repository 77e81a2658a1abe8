package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.openai.OpenAIErrors;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.RequestFault;
import java.util.List;

/// How errors look to the callers of an API.
enum ErrorForm {
  /// `{"detail": ...}`; what is wrong with a body is a list, status 422.
  NATIVE {
    @Override
    void write(Failure failure, JsonBuffer json) {
      json.object().field("detail", failure.detail()).endObject();
    }

    @Override
    int wrongBody() {
      return 422;
    }

    @Override
    void write(List<RequestFault> faults, JsonBuffer json) {
      json.object().name("detail").array();
      faults.forEach(fault -> writeFault(json, fault));
      json.endArray().endObject();
    }
  },

  /// `{"error": {...}}`, status 400 for a body that is wrong.
  OPENAI {
    @Override
    void write(Failure failure, JsonBuffer json) {
      OpenAIErrors.write(failure, json);
    }

    @Override
    int wrongBody() {
      return OpenAIErrors.WRONG_BODY;
    }

    @Override
    void write(List<RequestFault> faults, JsonBuffer json) {
      OpenAIErrors.write(faults, json);
    }
  };

  /// The form that callers of a path expect.
  static ErrorForm of(String path) {
    return path.startsWith("/v1/") ? OPENAI : NATIVE;
  }

  abstract void write(Failure failure, JsonBuffer json);

  /// The status of an answer that says what is wrong with a body.
  abstract int wrongBody();

  abstract void write(List<RequestFault> faults, JsonBuffer json);

  private static void writeFault(JsonBuffer json, RequestFault fault) {
    json.object().field("type", fault.type()).name("loc").array();
    for (Object step : fault.loc()) {
      if (step instanceof Integer index) {
        json.value(index);
      } else {
        json.value(step.toString());
      }
    }
    json.endArray().field("msg", fault.msg()).field("input", fault.input());
    fault.ctx().ifPresent(context -> json.field("ctx", context));
    json.endObject();
  }
}
