package io.agenticprimitives.gateway.server.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote into the jar.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"gateway " + ofGateway(), "Java " + Runtime.version()};
  }

  static String ofGateway() {
    String version = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "(development)");
  }
}
