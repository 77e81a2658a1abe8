package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.testkit.contract.ConfigContract;
import io.agenticprimitives.gateway.testkit.contract.ConfigExample;
import io.agenticprimitives.gateway.testkit.contract.PackagingContract;
import io.agenticprimitives.gateway.testkit.contract.ProviderUnderTest;
import io.agenticprimitives.gateway.testkit.contract.UnloadContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// The plugin with the echo and the noop provider keeps what every plugin must keep.
class EchoPluginTest {
  private static final Path PLUGIN = GatewayProcess.DISTRIBUTION.resolve("plugins/echo");

  @Nested
  class Packaging extends PackagingContract {
    @Override
    protected Path plugin() {
      return PLUGIN;
    }
  }

  @Nested
  class EchoConfig extends ConfigContract {
    @Override
    protected ProviderUnderTest provider() {
      return ProviderUnderTest.installed(PLUGIN, "echo");
    }

    @Override
    protected List<ConfigExample> examples() {
      return List.of(
          ConfigExample.works(""),
          ConfigExample.works("default_model: parrot\ndelay: 5ms"),
          ConfigExample.refused("delay: -5ms", "delay"),
          ConfigExample.refused("delay: soon", "delay"),
          ConfigExample.refused("pause: 5ms", "pause"));
    }
  }

  @Nested
  class NoopConfig extends ConfigContract {
    @Override
    protected ProviderUnderTest provider() {
      return ProviderUnderTest.installed(PLUGIN, "noop");
    }

    @Override
    protected List<ConfigExample> examples() {
      return List.of(ConfigExample.works(""), ConfigExample.refused("delay: 5ms", "delay"));
    }
  }

  @Nested
  class Unloading extends UnloadContract {
    @Override
    protected Path plugin() {
      return PLUGIN;
    }

    @Override
    protected String config() {
      return "providers: {llm: {default: echo, backends: {echo: {backend: echo}}}}";
    }

    @Override
    protected void use(Gateway gateway) {
      new PluginUse(gateway).everything();
    }
  }
}
