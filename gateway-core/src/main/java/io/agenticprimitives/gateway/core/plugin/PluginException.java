package io.agenticprimitives.gateway.core.plugin;

/// A plugin, or the plugins directory, cannot be used. The message is for the operator: what
/// happened, in which plugin, and what to do. It has no cause, because an exception of a plugin
/// that is kept somewhere keeps the plugin from being unloaded; the log has the cause.
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PluginException(String message) {
    super(message);
  }
}
