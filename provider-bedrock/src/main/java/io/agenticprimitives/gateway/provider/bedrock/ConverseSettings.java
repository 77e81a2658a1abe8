package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.Objects;

/// What an operator sets for all requests of a backend.
///
/// @param baseModel the id of the model behind ids that do not show it, the ARN of an application
///   inference profile for instance; empty if ids speak for themselves
/// @param members members of Converse requests in Bedrock's words: `guardrailConfig`,
///   `performanceConfig`, `serviceTier`, `requestMetadata`, `additionalModelRequestFields`...
/// @param remoteImages whether pictures are fetched that callers name by an `https` address; it was
///   done before a request is translated
record ConverseSettings(String baseModel, Extras members, boolean remoteImages) {
  /// Nothing is set, and nothing is fetched.
  static final ConverseSettings NONE = new ConverseSettings("", Extras.NONE, false);

  ConverseSettings {
    Objects.requireNonNull(baseModel);
    Objects.requireNonNull(members);
  }
}
