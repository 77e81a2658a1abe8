package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.core.config.BackendConfig;
import io.agenticprimitives.gateway.core.plugin.InstalledProvider;

/// What a backend was made of. A plugin that is loaded anew has new providers, so that the same
/// provider means the same plugin.
///
/// @param provider the installed one, not only its name
/// @param credentials whether its calls may use credentials of this server
record BackendOrigin(
    BackendConfig config, InstalledProvider provider, ServerCredentials credentials) {

  /// Whether the same would come of it. Where and in which order the configuration was written does
  /// not matter. What is compared is what was written, not the provider's record: comparing records
  /// of a plugin would run its code, and the JDK would keep its classes loaded for it.
  boolean isSameAs(BackendOrigin other) {
    return provider == other.provider
        && credentials == other.credentials
        && config.name().equals(other.config.name())
        && config.policy().equals(other.config.policy())
        && config.config().saysTheSameAs(other.config.config());
  }
}
