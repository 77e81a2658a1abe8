package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.AuthConfig;
import io.agenticprimitives.gateway.server.output.Failure;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/// Who may ask as an operator: who has the key, if there is one. A web page never may: a browser on
/// the same machine reaches the port too, and pages anywhere can make it send requests there.
final class AdminAccess {
  private final Authentication authentication;

  AdminAccess(Optional<Secret> key) {
    this.authentication = new Authentication(key.map(AdminAccess::onlyBy).orElse(AuthConfig.NONE));
  }

  private static AuthConfig onlyBy(Secret key) {
    AuthConfig.ApiKey operator =
        new AuthConfig.ApiKey(key, "operator", "user", List.of(), List.of());
    return new AuthConfig(AuthConfig.Backend.API_KEY, List.of(operator));
  }

  /// @throws RequestRefusedException if it is somebody else
  void check(Context context) {
    if (context.header("Origin") != null) {
      throw new RequestRefusedException(
          Failure.of(403, "permission", "These routes are not for web pages."));
    }
    if (authentication
        .authenticate(context.header("Authorization"), context.header(HeaderNames.API_KEY))
        .isEmpty()) {
      context.res().setHeader("WWW-Authenticate", "Bearer");
      throw new RequestRefusedException(
          Failure.of(
              401, "unauthenticated", "Invalid or missing key; these routes need admin.key."));
    }
  }
}
