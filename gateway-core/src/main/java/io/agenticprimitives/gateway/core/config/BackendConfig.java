package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;

/// One backend.
///
/// @param name what callers select it by
/// @param provider the class name or alias of its provider
/// @param config what the provider's record is bound from; empty if the file has none
/// @param policy how calls to it are made
/// @param path the path of the backend in the file; `config` is at `path + ".config"`
/// @param position where the backend stands in the file
public record BackendConfig(
    String name,
    String provider,
    Mapping config,
    CallPolicy policy,
    String path,
    Position position) {

  /// The key under which an operator lets callers bring their own keys.
  static final String PASS_AUTHORIZATION = "pass_authorization";

  /// The path of the block that the provider's record is bound from.
  public String configPath() {
    return path + ".config";
  }
}
