package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.CallContext;

/// A translated request and where it goes.
///
/// @param region where the model is
/// @param credentials with whose identity it goes
record AddressedRequest(
    ModelName model,
    String region,
    CredentialSource credentials,
    ConverseRequest content,
    CallContext call) {

  /// The same with another content.
  AddressedRequest with(ConverseRequest other) {
    return new AddressedRequest(model, region, credentials, other, call);
  }
}
