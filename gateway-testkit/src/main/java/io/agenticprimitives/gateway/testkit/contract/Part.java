package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import java.util.List;
import java.util.Optional;

/// A request with something in it that must not get lost.
///
/// @param name what it has
/// @param capability what a backend needs to take it; empty for what any may take or refuse
/// @param marks texts that the upstream gets if it gets the part
record Part(
    String name, Optional<Capability> capability, CompletionRequest request, List<String> marks) {

  static Part of(String name, Requests.Builder request, String... marks) {
    return new Part(name, Optional.empty(), request.whole(), List.of(marks));
  }

  /// Something that needs a capability.
  static Part needing(
      Capability capability, String name, Requests.Builder request, String... marks) {
    return new Part(name, Optional.of(capability), request.whole(), List.of(marks));
  }
}
