package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.ModelList;
import io.agenticprimitives.gateway.server.http.LlmCalls.Call;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// `GET /api/v1/llm/models`: the models of the selected backend, in the original project's form.
final class ModelsRoute {
  private final LlmCalls llm;

  ModelsRoute(LlmCalls llm) {
    this.llm = llm;
  }

  void list(Call call) throws IOException {
    ModelList list = await(call);
    call.servedBy(list.backend());
    AnswerHeaders.add(call.response(), list.adjustments());
    JsonBuffer json = new JsonBuffer().object().name("models").array();
    for (ModelInfo model : list.models()) {
      json.object().field("name", model.name()).field("provider", list.providerType());
      json.name("capabilities").array().value("chat").value("tool_use").endArray().endObject();
    }
    ErrorWriter.send(call.response(), HttpServletResponse.SC_OK, json.endArray().endObject());
    call.record().finished();
  }

  private ModelList await(Call call) {
    CallOptions options =
        CallHeaders.read(call.request(), call.exchange().requestId(), llm.config().strict());
    return llm.interruptibly(call, () -> llm.gateway().get().models(options));
  }
}
