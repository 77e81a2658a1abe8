package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiVersionTest {

  @Test
  void theBuildGivesOurPluginsTheVersionThatTheGatewayWants() throws Exception {
    Path pom = Path.of(System.getProperty("repository.root"), "pom.xml");

    assertThat(Files.readString(pom))
        .contains("<gateway.api.version>" + ApiVersion.OURS + "</gateway.api.version>");
  }
}
