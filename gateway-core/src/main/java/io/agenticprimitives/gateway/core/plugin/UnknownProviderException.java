package io.agenticprimitives.gateway.core.plugin;

/// No provider can be used under the name that was asked for. The message is for the operator: it
/// names the broken plugin that has the provider, with the remedy, or else the installed providers
/// and the nearest of them.
public final class UnknownProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownProviderException(String message) {
    super(message);
  }
}
