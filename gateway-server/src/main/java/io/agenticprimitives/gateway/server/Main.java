package io.agenticprimitives.gateway.server;

import io.agenticprimitives.gateway.server.cli.GatewayCommand;

/// The gateway's process.
public final class Main {
  private Main() {}

  /// Runs the command line; `--help` explains it.
  public static void main(String[] arguments) {
    System.exit(GatewayCommand.run(arguments));
  }
}
