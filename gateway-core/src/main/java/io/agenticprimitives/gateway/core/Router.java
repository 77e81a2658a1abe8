package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import java.util.Optional;

/// Decides which backend serves a call: the one that the caller names in a header; else, where a
/// model is written `backend/model`, that backend; else the default.
final class Router {
  private final LlmServices services;

  Router(LlmServices services) {
    this.services = services;
  }

  /// @param request for the backend, with the model's name as the upstream knows it
  record Route(LlmService service, CompletionRequest request) {}

  Route route(CompletionRequest request, CallOptions options) {
    Optional<LlmService> named = named(options);
    if (named.isPresent()) {
      return new Route(named.get(), request);
    }
    String model = request.model();
    int slash = model.indexOf('/');
    if (slash > 0 && services.isConfigured(model.substring(0, slash))) {
      return new Route(
          services.byName(model.substring(0, slash)),
          request.withModel(model.substring(slash + 1)));
    }
    return new Route(services.defaultService(), request);
  }

  /// @param model as the upstream knows it
  record Address(LlmService service, String model) {}

  /// The one backend for a call that has no fallback.
  Address resolve(String model, CallOptions options) {
    int slash = model.indexOf('/');
    boolean prefixed = slash > 0 && services.isConfigured(model.substring(0, slash));
    return named(options)
        .map(service -> new Address(service, model))
        .orElseGet(
            () ->
                prefixed
                    ? new Address(
                        services.byName(model.substring(0, slash)), model.substring(slash + 1))
                    : new Address(services.defaultService(), model));
  }

  LlmService route(CallOptions options) {
    return named(options).orElseGet(services::defaultService);
  }

  /// A name for any primitive that the language models do not have is unknown altogether, as long
  /// as they are the only primitive.
  private Optional<LlmService> named(CallOptions options) {
    return options.backend().or(options::anyBackend).map(services::byName);
  }
}
