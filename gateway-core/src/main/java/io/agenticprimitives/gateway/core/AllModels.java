package io.agenticprimitives.gateway.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The models of all backends, as far as they could be learned in time.
///
/// @param lists one for each backend that has told its models, now or before, in the order of the
///   configuration
/// @param missing the backends that could not be asked now, and why, for callers
public record AllModels(List<ModelList> lists, Map<String, String> missing) {
  public AllModels {
    lists = List.copyOf(lists);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }
}
