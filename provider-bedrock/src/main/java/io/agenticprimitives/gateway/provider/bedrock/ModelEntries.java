package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Picks from Bedrock's lists what can be called: active models that write text, by their own ids
/// where they are served on demand, and the active profiles of such models. Newer models are served
/// through profiles only. Not thread-safe.
final class ModelEntries {
  /// No list is longer.
  private static final int MAX_ENTRIES = 10_000;

  private final List<ModelInfo> models = new ArrayList<>();

  /// Whether a model that is listed writes text and is active.
  private final Map<String, Boolean> usable = new HashMap<>();

  void addFoundationModels(JsonNode answer) {
    for (JsonNode model : answer.path("modelSummaries")) {
      String id = model.path("modelId").asText("");
      boolean fit =
          has(model.path("outputModalities"), "TEXT")
              // A model without a life cycle is as good as active.
              && model.path("modelLifecycle").path("status").asText("ACTIVE").equals("ACTIVE");
      usable.put(id, fit);
      if (fit && has(model.path("inferenceTypesSupported"), "ON_DEMAND")) {
        add(id, "modelId", model);
      }
    }
  }

  /// An application's own profile is called by its ARN.
  void addProfiles(JsonNode answer) {
    for (JsonNode profile : answer.path("inferenceProfileSummaries")) {
      boolean application = profile.path("type").asText("").equals("APPLICATION");
      String name = application ? "inferenceProfileArn" : "inferenceProfileId";
      boolean active = profile.path("status").asText("ACTIVE").equals("ACTIVE");
      if (active && leadsToUsableModel(profile.path("models"))) {
        add(profile.path(name).asText(""), name, profile);
      }
    }
  }

  /// A profile may lead to models that this region does not list.
  private boolean leadsToUsableModel(JsonNode targets) {
    boolean listed = false;
    for (JsonNode target : targets) {
      String arn = target.path("modelArn").asText("");
      Boolean fit = usable.get(arn.substring(arn.lastIndexOf('/') + 1));
      if (Boolean.TRUE.equals(fit)) {
        return true;
      }
      listed |= fit != null;
    }
    return !listed;
  }

  /// Adds a model that no list has, and says why it stands alone.
  void addUnlisted(String name, String reason) {
    if (models.stream().noneMatch(model -> model.name().equals(name))) {
      JsonText text = ResponseJson.text(ResponseJson.object().textNode(reason));
      models.add(new ModelInfo(name, new Extras(Map.of("reason", text))));
    }
  }

  private static boolean has(JsonNode list, String word) {
    for (JsonNode element : list) {
      if (element.asText("").equals(word)) {
        return true;
      }
    }
    return false;
  }

  private void add(String name, String nameField, JsonNode entry) {
    if (name.isEmpty() || models.size() >= MAX_ENTRIES) {
      return;
    }
    Map<String, JsonText> extras = new LinkedHashMap<>();
    entry
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals(nameField)) {
                extras.put(field.getKey(), ResponseJson.text(field.getValue()));
              }
            });
    models.add(new ModelInfo(name, new Extras(extras)));
  }

  List<ModelInfo> models() {
    return List.copyOf(models);
  }
}
