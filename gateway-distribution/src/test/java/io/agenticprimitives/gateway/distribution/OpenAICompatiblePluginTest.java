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

/// The plugin for servers of OpenAI's dialect keeps what every plugin must keep.
class OpenAICompatiblePluginTest {
  private static final Path PLUGIN =
      GatewayProcess.DISTRIBUTION.resolve("plugins/openai-compatible");

  @Nested
  class Packaging extends PackagingContract {
    @Override
    protected Path plugin() {
      return PLUGIN;
    }
  }

  @Nested
  class Config extends ConfigContract {
    @Override
    protected ProviderUnderTest provider() {
      return ProviderUnderTest.installed(PLUGIN, "openai-compatible");
    }

    @Override
    protected List<ConfigExample> examples() {
      return List.of(
          ConfigExample.works(""),
          ConfigExample.works("base_url: ${UPSTREAM}\napi_key: sk-1234567890"),
          ConfigExample.works(
              "base_url: ${UPSTREAM}/v1\nheaders: {X-Key: k1234567}\n"
                  + "proxy: 'http://me:pass1234@127.0.0.1:3128'"),
          ConfigExample.refused("base_url: no address", "base_url"),
          ConfigExample.refused("base_url: 'ftp://example.com'", "base_url"),
          ConfigExample.refused("api_key: \"sk-12345\\u0007890\"", "api_key"),
          ConfigExample.refused("headers: {'no name': value1234}", "headers", "no name"),
          ConfigExample.refused("proxy: 'socks://me:pass1234@host:1'", "proxy"),
          ConfigExample.refused("ca_certificate: /does/not/exist.pem", "ca_certificate"),
          ConfigExample.refused("max_idle_connections: -1", "max_idle_connections", "0"),
          ConfigExample.refused("idle_connection_timeout: 0s", "idle_connection_timeout", "5m"),
          ConfigExample.refused("stream_usage: perhaps", "stream_usage", "auto", "never"),
          ConfigExample.refused("base-url: ${UPSTREAM}", "base_url"));
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
      return upstreams.openAiConfig();
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
