package io.agenticprimitives.gateway.server.http;

import java.util.List;
import java.util.Objects;

/// Who a caller is.
///
/// @param id a name, never the secret that proves it
/// @param type `user` or `service` for instance
record Principal(String id, String type, List<String> groups, List<String> scopes) {
  private static final String ADMIN = "admin";

  /// Everybody, where nobody has to prove who they are.
  static final Principal NOOP = new Principal("noop", "user", List.of(), List.of(ADMIN));

  Principal {
    Objects.requireNonNull(id);
    Objects.requireNonNull(type);
    groups = groups.stream().sorted().toList();
    scopes = scopes.stream().sorted().toList();
  }

  boolean isAdmin() {
    return groups.contains(ADMIN) || scopes.contains(ADMIN);
  }
}
