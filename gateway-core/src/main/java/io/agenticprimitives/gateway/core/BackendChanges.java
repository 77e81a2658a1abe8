package io.agenticprimitives.gateway.core;

import java.util.List;

/// What became of backends when a configuration was replaced, by their names in the order of the
/// configuration. A backend that was changed was closed and opened.
///
/// @param carriedOver those that stayed as they were, with their connections and all state
/// @param opened those that began
/// @param closed those that end with their last call
public record BackendChanges(List<String> carriedOver, List<String> opened, List<String> closed) {
  public BackendChanges {
    carriedOver = List.copyOf(carriedOver);
    opened = List.copyOf(opened);
    closed = List.copyOf(closed);
  }
}
