package io.agenticprimitives.gateway.server.cli;

/// How the process ends.
final class ExitCode {
  static final int OK = 0;

  /// The gateway cannot run, for a reason that is not in its configuration.
  static final int FAILED = 1;

  /// The configuration or the command line is wrong.
  static final int WRONG = 2;

  /// The gateway was stopped and had to end calls that were under way.
  static final int CALLS_ENDED = 3;

  private ExitCode() {}
}
