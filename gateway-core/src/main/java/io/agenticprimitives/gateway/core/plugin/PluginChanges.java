package io.agenticprimitives.gateway.core.plugin;

import java.util.List;

/// What became of plugins when their directory was looked at again, by their names.
///
/// @param added those that are new
/// @param replaced those whose files have changed
/// @param removed those that are gone
/// @param faults what is wrong with those that are new or have changed, a sentence each
public record PluginChanges(
    List<String> added, List<String> replaced, List<String> removed, List<String> faults) {
  public PluginChanges {
    added = List.copyOf(added);
    replaced = List.copyOf(replaced);
    removed = List.copyOf(removed);
    faults = List.copyOf(faults);
  }
}
