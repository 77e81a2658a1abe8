package io.agenticprimitives.gateway.api.config;

import java.util.Objects;

/// A text that must not be seen: its [#toString()] does not show it, so that it cannot reach a log
/// or a message by accident.
///
/// @param value the text itself; hand it only to what needs it
public record Secret(String value) {

  public Secret {
    Objects.requireNonNull(value);
  }

  /// A mask, the same for every secret.
  @Override
  public String toString() {
    return "********";
  }
}
