package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads GET `/v1/models`, page by page.
record ModelList(Wire wire) {
  private static final int MAX_BODY = 8 * 1024 * 1024;
  private static final int MAX_PAGES = 20;

  /// The first of them, if there is one.
  List<ModelInfo> first(CallContext call) {
    return models(page("?limit=1", call));
  }

  List<ModelInfo> all(CallContext call) {
    List<ModelInfo> models = new ArrayList<>();
    String query = "?limit=1000";
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      JsonNode page = page(query, call);
      models.addAll(models(page));
      String last = page.path("last_id").asText("");
      if (!page.path("has_more").asBoolean() || last.isEmpty()) {
        return models;
      }
      query = "?limit=1000&after_id=" + URLEncoder.encode(last, StandardCharsets.UTF_8);
    }
    throw new BackendException(
        ErrorKind.UPSTREAM_FAILURE, "The upstream's list of models does not end.");
  }

  private JsonNode page(String query, CallContext call) {
    HttpResponse<String> answer = send(wire.get("/v1/models" + query, call));
    if (answer.statusCode() != 200) {
      throw wire.errors(call).ofAnswer(answer.statusCode(), answer.headers(), answer.body());
    }
    return Json.parse(answer.body())
        .filter(page -> page.path("data").isArray())
        .orElseThrow(
            () ->
                new BackendException(
                    ErrorKind.UPSTREAM_FAILURE, "The upstream sent no list of models."));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return wire.http().send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BODY));
    } catch (IOException failure) {
      throw ConnectionFailures.explain(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Exchange.cancelled();
    }
  }

  private static List<ModelInfo> models(JsonNode page) {
    List<ModelInfo> models = new ArrayList<>();
    for (JsonNode model : page.path("data")) {
      Map<String, JsonText> fields = new LinkedHashMap<>();
      model
          .fields()
          .forEachRemaining(field -> fields.put(field.getKey(), Json.text(field.getValue())));
      fields.remove("id");
      models.add(new ModelInfo(model.path("id").asText(""), new Extras(fields)));
    }
    return models;
  }
}
