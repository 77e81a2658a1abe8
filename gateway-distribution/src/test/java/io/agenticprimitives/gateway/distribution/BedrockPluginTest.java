package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.testkit.contract.ConfigContract;
import io.agenticprimitives.gateway.testkit.contract.ConfigExample;
import io.agenticprimitives.gateway.testkit.contract.PackagingContract;
import io.agenticprimitives.gateway.testkit.contract.ProviderUnderTest;
import io.agenticprimitives.gateway.testkit.contract.UnloadContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The plugin for Bedrock keeps what every plugin must keep.
class BedrockPluginTest {
  private static final Path PLUGIN = GatewayProcess.DISTRIBUTION.resolve("plugins/bedrock");

  @Nested
  class Packaging extends PackagingContract {
    @Override
    protected Path plugin() {
      return PLUGIN;
    }
  }

  @Nested
  class Config extends ConfigContract {
    private static final String KEYS = "access_key_id: AKIA1234\nsecret_access_key: s3cr3ts3cr3t\n";

    @Override
    protected ProviderUnderTest provider() {
      return ProviderUnderTest.installed(PLUGIN, "bedrock-converse");
    }

    @Override
    protected List<ConfigExample> examples() {
      return List.of(
          ConfigExample.works(""),
          ConfigExample.works("region: eu-west-1\nendpoint_url: ${UPSTREAM}\n" + KEYS),
          ConfigExample.works("endpoint_url: ${UPSTREAM}\napi_key: ABSK12345678"),
          ConfigExample.works(KEYS + "role_arn: 'arn:aws:iam::123456789012:role/gateway'"),
          ConfigExample.refused("region: no region", "region"),
          ConfigExample.refused("endpoint_url: nowhere", "endpoint_url", "https://"),
          ConfigExample.refused("access_key_id: AKIA1234", "secret_access_key"),
          ConfigExample.refused("session_token: t0k3nt0k3n", "session_token", "access_key_id"),
          ConfigExample.refused(KEYS + "api_key: ABSK12345678", "api_key", "keep one"),
          ConfigExample.refused("guardrail: {version: DRAFT}", "guardrail", "identifier"),
          ConfigExample.refused("remote_images: {max_bytes: 0}", "remote_images.max_bytes"),
          ConfigExample.refused("service_tier: best", "service_tier", "priority"));
    }
  }

  @Nested
  class Unloading extends UnloadContract {
    private PluginUpstreams upstreams;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
      upstreams = PluginUpstreams.start(directory);
    }

    @AfterEach
    void stop() {
      upstreams.close();
    }

    @Override
    protected Path plugin() {
      return PLUGIN;
    }

    @Override
    protected String config() {
      return upstreams.bedrockConfig();
    }

    /// Each makes many connections and reads all of its libraries.
    @Override
    protected int rounds() {
      return 8;
    }

    @Override
    protected void use(Gateway gateway) {
      new PluginUse(gateway).everything();
    }
  }
}
