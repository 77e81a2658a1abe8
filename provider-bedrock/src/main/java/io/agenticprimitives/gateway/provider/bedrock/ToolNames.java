package io.agenticprimitives.gateway.provider.bedrock;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The names of the tools of one request, as the caller and as Bedrock knows them. Converse takes 1
/// to 64 letters, digits, `_` and `-`, in declarations and in past calls alike; other names get a
/// name of that form, always the same, and the answer's calls are named back. Immutable.
final class ToolNames {
  private static final int LONGEST = 64;
  private static final Pattern ACCEPTED = Pattern.compile("[a-zA-Z0-9_-]{1," + LONGEST + "}");
  private static final Pattern REFUSED_CHARACTER = Pattern.compile("[^a-zA-Z0-9_-]");

  private final Map<String, String> upstreamNames = new HashMap<>();
  private final Map<String, String> callerNames = new HashMap<>();

  private ToolNames() {}

  /// @param names all names that the request uses
  static ToolNames of(Collection<String> names) {
    ToolNames tools = new ToolNames();
    Set<String> distinct = new LinkedHashSet<>(names);
    for (String name : distinct) {
      if (ACCEPTED.matcher(name).matches()) {
        tools.pair(name, name);
      }
    }
    for (String name : distinct) {
      if (!tools.upstreamNames.containsKey(name)) {
        tools.pair(name, tools.freeNameFor(name));
      }
    }
    return tools;
  }

  private void pair(String caller, String upstream) {
    upstreamNames.put(caller, upstream);
    callerNames.put(upstream, caller);
  }

  private String freeNameFor(String name) {
    String fingerprint = Fingerprint.of(name);
    String readable = REFUSED_CHARACTER.matcher(name).replaceAll("_");
    int room = LONGEST - fingerprint.length() - 1;
    readable = readable.substring(0, Math.min(readable.length(), room));
    String free = (readable.isEmpty() ? "tool" : readable) + "_" + fingerprint;
    while (callerNames.containsKey(free)) {
      free = "tool_" + Fingerprint.of(free);
    }
    return free;
  }

  /// The name that Bedrock is told.
  ///
  /// @param callerName one of the names of the request
  /// @throws IllegalArgumentException if the request does not use the name
  String toUpstream(String callerName) {
    String name = upstreamNames.get(callerName);
    if (name == null) {
      throw new IllegalArgumentException("Not a tool of this request: " + callerName);
    }
    return name;
  }

  /// The caller's name of a tool that Bedrock's answer names. A name that the request does not have
  /// (models do invent some) is passed on as it is.
  String fromUpstream(String upstreamName) {
    return callerNames.getOrDefault(upstreamName, upstreamName);
  }
}
