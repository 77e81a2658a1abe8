package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.core.ModelList;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Models as they are listed (OpenAI API reference, "The model object"), each under the name that
/// reaches it: those of the default backend under their own, those of others as `backend/model`.
/// `owned_by` is the backend; what the upstream calls the owner is `upstream_owned_by`.
public final class ModelObjects {
  private static final Set<String> OWN = Set.of("id", "object", "created", "owned_by");

  /// Who owns a route.
  private static final String GATEWAY = "gateway";

  private final Map<String, Entry> models = new LinkedHashMap<>();

  private record Entry(String backend, ModelInfo model) {}

  /// Adds the models of a backend.
  ///
  /// @param reachedByName whether a caller who names only the model reaches this backend
  /// @param isBackend whether a name is a backend's: a model `x/y` of the default backend is
  ///   reached by its own name unless `x` is a backend
  public void add(ModelList list, boolean reachedByName, Predicate<String> isBackend) {
    for (ModelInfo model : list.models()) {
      String name = model.name();
      int slash = name.indexOf('/');
      boolean plain = reachedByName && !(slash > 0 && isBackend.test(name.substring(0, slash)));
      models.putIfAbsent(
          plain ? name : list.backend() + "/" + name, new Entry(list.backend(), model));
    }
  }

  /// Adds a route: a name that stands for one or several backends.
  public void addRoute(String name) {
    models.putIfAbsent(name, new Entry(GATEWAY, ModelInfo.of(name)));
  }

  /// Writes all as the elements of a list that is open.
  public void writeAll(JsonBuffer json) {
    models.forEach((id, entry) -> write(id, entry, json));
  }

  /// Writes one, found by its name, with or without its backend.
  ///
  /// @return whether it was found
  public boolean write(String id, JsonBuffer json) {
    Optional<Map.Entry<String, Entry>> found =
        models.entrySet().stream().filter(model -> isNamed(id, model)).findFirst();
    found.ifPresent(model -> write(model.getKey(), model.getValue(), json));
    return found.isPresent();
  }

  private static boolean isNamed(String id, Map.Entry<String, Entry> model) {
    Entry entry = model.getValue();
    return id.equals(model.getKey()) || id.equals(entry.backend() + "/" + entry.model().name());
  }

  private static void write(String id, Entry entry, JsonBuffer json) {
    Map<String, JsonText> extras = entry.model().extras().fields();
    json.object().field("id", id).field("object", "model").name("created");
    JsonText created = extras.get("created");
    if (created != null && AnswerIdentity.isWholeNumber(created.text())) {
      json.value(created);
    } else {
      json.value(0);
    }
    json.field("owned_by", entry.backend());
    JsonText owner = extras.get("owned_by");
    if (owner != null) {
      json.field("upstream_owned_by", owner);
    }
    extras.forEach(
        (name, value) -> {
          if (!OWN.contains(name)) {
            json.field(name, value);
          }
        });
    json.endObject();
  }
}
