package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.Problem;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.reload.ReloadResult;
import java.util.List;

/// What came of reading the configuration again, for operators.
final class ReloadJson {
  private ReloadJson() {}

  static JsonBuffer of(ReloadResult.Applied applied) {
    JsonBuffer json = new JsonBuffer().object().field("status", "applied");
    json.name("backends").object();
    texts(json, "carried_over", applied.backends().carriedOver());
    texts(json, "opened", applied.backends().opened());
    texts(json, "closed", applied.backends().closed());
    json.endObject().name("plugins").object();
    texts(json, "added", applied.plugins().added());
    texts(json, "replaced", applied.plugins().replaced());
    texts(json, "removed", applied.plugins().removed());
    texts(json.endObject(), "warnings", applied.warnings());
    return json.endObject();
  }

  static JsonBuffer of(ReloadResult.Refused refused) {
    JsonBuffer json = new JsonBuffer().object();
    json.field(
        "detail",
        "Nothing was changed: %s has %d problem(s).".formatted(refused.source(), refused.count()));
    json.name("problems").array();
    for (Problem problem : refused.problems()) {
      json.object().field("place", problem.place()).field("path", problem.path());
      json.field("message", problem.message()).endObject();
    }
    return json.endArray().endObject();
  }

  private static void texts(JsonBuffer json, String name, List<String> texts) {
    json.name(name).array();
    texts.forEach(json::value);
    json.endArray();
  }
}
