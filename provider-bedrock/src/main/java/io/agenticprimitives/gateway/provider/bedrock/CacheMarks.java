package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.Optional;
import java.util.Set;

/// Reads the callers' ways of marking the end of a prefix that is worth caching.
record CacheMarks(Reports reports) {

  /// The field that Anthropic's dialect puts on blocks, messages and tools: `{"type": "ephemeral",
  /// "ttl": "1h"}`.
  static final String FIELD = "cache_control";

  private static final Set<String> TIMES_TO_LIVE = Set.of("", "5m", "1h");

  /// The point after the block that has these extras, if they mark one.
  ///
  /// @param path of the block
  Optional<Piece> after(String path, Extras extras) {
    JsonText mark = extras.fields().get(FIELD);
    String place = Reports.at(path, FIELD);
    if (mark == null || mark.text().strip().equals("null")) {
      return Optional.empty();
    }
    if (!mark.isObject()) {
      reports.dropped(place, "A cache mark is an object like {\"type\": \"ephemeral\"}.");
      return Optional.empty();
    }
    JsonNode timeToLive = JsonTrees.read(mark, place).path("ttl");
    return Optional.of(point(place, timeToLive.isMissingNode() ? "" : timeToLive.asText()));
  }

  /// A point with a time to live that Bedrock knows.
  Piece.CachePoint point(String path, String timeToLive) {
    if (TIMES_TO_LIVE.contains(timeToLive)) {
      return new Piece.CachePoint(path, timeToLive);
    }
    reports.changed(
        path,
        "Bedrock keeps prefixes for 5m or 1h; its default is taken, not '" + timeToLive + "'.");
    return new Piece.CachePoint(path, "");
  }
}
