package io.agenticprimitives.gateway.server.cli;

/// A command that cannot go on. The message is all that the operator sees.
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }

  /// The message, never null.
  String text() {
    return String.valueOf(getMessage());
  }
}
