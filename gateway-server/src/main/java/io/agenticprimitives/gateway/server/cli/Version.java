package io.agenticprimitives.gateway.server.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote into the jar.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "gateway " + Objects.requireNonNullElse(version, "(development)"), "Java " + Runtime.version()
    };
  }
}
