package io.agenticprimitives.gateway.core.plugin;

import java.util.List;

/// Something that is wrong with a plugin.
///
/// @param text for the operator: what it is and what to do
/// @param providers those that cannot be used because of it
record Fault(String text, List<DeclaredProvider> providers) {
  Fault {
    providers = List.copyOf(providers);
  }
}
