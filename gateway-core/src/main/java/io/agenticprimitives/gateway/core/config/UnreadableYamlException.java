package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Position;

/// Ends the reading of a text that cannot be read on. It does not leave [YamlReader].
final class UnreadableYamlException extends RuntimeException {
  private final transient Position position;
  private final String path;

  UnreadableYamlException(Position position, String path, String message) {
    super(message);
    this.position = position;
    this.path = path;
  }

  Position position() {
    return position;
  }

  String path() {
    return path;
  }
}
