package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.AllModels;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.ModelList;
import io.agenticprimitives.gateway.core.PrimitiveOverview;
import io.agenticprimitives.gateway.server.http.LlmCalls.Call;
import io.agenticprimitives.gateway.server.openai.ModelObjects;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `GET /v1/models` and `GET /v1/models/{id}`: the models of all backends, or, if the caller names
/// a backend in a header, of that one under their own names.
final class OpenAIModelsRoutes {
  private final LlmCalls llm;

  OpenAIModelsRoutes(LlmCalls llm) {
    this.llm = llm;
  }

  /// All models, and which backends are missing.
  void list(Call call) throws IOException {
    Found found = await(call);
    JsonBuffer json = new JsonBuffer().object().field("object", "list").name("data").array();
    found.models().writeAll(json);
    json.endArray();
    if (!found.missing().isEmpty()) {
      json.name("unavailable").array();
      found
          .missing()
          .forEach(
              (backend, reason) ->
                  json.object().field("backend", backend).field("reason", reason).endObject());
      json.endArray();
    }
    ErrorWriter.send(call.response(), HttpServletResponse.SC_OK, json.endObject());
    call.record().finished();
  }

  /// One model.
  ///
  /// @param id its name as it is listed, or with its backend
  void retrieve(Call call, String id) throws IOException {
    Found found = await(call);
    JsonBuffer json = new JsonBuffer();
    if (!found.models().write(id, json)) {
      throw new RequestRefusedException(unknown(id, found.missing()));
    }
    ErrorWriter.send(call.response(), HttpServletResponse.SC_OK, json);
    call.record().finished();
  }

  private static Failure unknown(String id, Map<String, String> missing) {
    String also =
        missing.isEmpty()
            ? ""
            : " These backends could not be asked: " + String.join(", ", missing.keySet()) + ".";
    return Failure.of(
            404,
            "model_not_found",
            "The model '" + id + "' does not exist; GET /v1/models lists those that do." + also)
        .withParameter("model");
  }

  private record Found(ModelObjects models, Map<String, String> missing) {}

  private Found await(Call call) {
    CallOptions options =
        CallHeaders.read(call.request(), call.exchange().requestId(), llm.config().strict());
    return llm.interruptibly(call, () -> find(call, llm.gateway().get(), options));
  }

  private static Found find(Call call, Gateway gateway, CallOptions options) {
    PrimitiveOverview llm = Objects.requireNonNull(gateway.providers().get("llm"));
    ModelObjects models = new ModelObjects();
    if (options.backend().isPresent() || options.anyBackend().isPresent()) {
      ModelList list = gateway.models(options);
      call.servedBy(list.backend());
      AnswerHeaders.add(call.response(), list.adjustments());
      models.add(list, true, name -> false);
      return new Found(models, Map.of());
    }
    gateway.routes().forEach(models::addRoute);
    AllModels all = gateway.allModels(options);
    List<String> backends = llm.available();
    for (ModelList list : all.lists()) {
      models.add(list, list.backend().equals(llm.defaultBackend()), backends::contains);
    }
    return new Found(models, all.missing());
  }
}
