package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.CachedMember;
import java.util.ArrayList;
import java.util.List;

/// Checks where cache points stand.
record CacheValidator(Violations violations, ModelTraits traits) {

  void check(JsonNode request) {
    List<String> timesToLive = new ArrayList<>();
    list(request.path("toolConfig").path("tools"), "toolConfig", CachedMember.TOOLS, timesToLive);
    list(request.path("system"), "system", CachedMember.SYSTEM, timesToLive);
    for (int i = 0; i < request.path("messages").size(); i++) {
      JsonNode content = request.path("messages").get(i).path("content");
      list(content, "messages." + i, CachedMember.MESSAGES, timesToLive);
    }
    violations.check(timesToLive.size() <= 4, "request", "has more than four cache points");
    boolean brief = false;
    for (String timeToLive : timesToLive) {
      boolean hour = timeToLive.equals("1h");
      violations.check(!(hour && brief), "request", "a point for 1h follows one for 5m");
      brief |= !hour;
    }
  }

  private void list(JsonNode blocks, String place, CachedMember member, List<String> points) {
    String before = "";
    for (JsonNode block : blocks) {
      String kind = block.fieldNames().next();
      if (kind.equals("cachePoint")) {
        points.add(block.path(kind).path("ttl").asText("5m"));
        violations.check(traits.cachedMembers().contains(member), place, "takes no cache point");
        boolean refused =
            List.of("", "cachePoint", "reasoningContent", "document", "video").contains(before);
        violations.check(!refused, place, "takes no cache point after '" + before + "'");
      }
      before = kind;
    }
  }
}
