package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;

/// Translates requests into those of Bedrock's Converse API (AWS's API reference for Bedrock
/// Runtime, Converse and ConverseStream). What the service is known to refuse is repaired, and
/// every repair and loss is reported to the caller. Thread-safe.
final class ConverseEncoder {
  private final ConverseSettings settings;

  ConverseEncoder(ConverseSettings settings) {
    this.settings = settings;
  }

  /// Translates one request.
  ///
  /// @param modelId as it stands in the URL: an id or an ARN
  /// @throws io.agenticprimitives.gateway.api.BackendException if it cannot be expressed, or if the
  ///   caller wants no adjustments
  ConverseRequest encode(CompletionRequest request, String modelId, CallContext call) {
    Reports reports = new Reports(call);
    ModelTraits traits = ModelTraits.of(modelId, settings.baseModel());
    if (!StoredPrompt.isNamedBy(modelId)) {
      return new Encoding(settings, traits, reports).encode(request, false);
    }
    ConverseSettings besidePrompt =
        new ConverseSettings(
            settings.baseModel(),
            StoredPrompt.members(settings.members()),
            settings.remoteImages());
    CompletionRequest stripped = new StoredPrompt(reports).strip(request);
    return new Encoding(besidePrompt, traits, reports).encode(stripped, true);
  }
}
