package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import java.time.Duration;

/// The configuration of an echo backend.
///
/// @param defaultModel the name under which it answers if the caller names no model
/// @param delay how long it waits before each word
public record EchoConfig(
    @Doc("The model's name in answers to callers who name none.") @Default("echo")
        String defaultModel,
    @Doc("How long to wait before each word, to look like a model that thinks.") @Default("0ms")
        Duration delay) {

  public EchoConfig {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative");
    }
  }
}
