package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agenticprimitives.gateway.api.Alias;
import io.agenticprimitives.gateway.api.Provider;
import io.agenticprimitives.gateway.api.config.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAICompatibleConfigTest {

  private static TestConfig usual() {
    return TestConfig.of("http://localhost:1234");
  }

  private static void assertRefused(TestConfig config, String... advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(config::config)
        .satisfies(refused -> assertThat(refused.getMessage()).contains(advice))
        .withMessageNotContaining("topsecret");
  }

  @Test
  void aKeyLosesTheLineBreakOfItsFile() {
    assertThat(usual().apiKey("abc\n").config().apiKey()).contains(new Secret("abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void aBlankKeyIsNone(String key) {
    assertThat(usual().apiKey(key).config().apiKey()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"topsecret\nX: y", "topsecret\u00e9", "topsecret\u0000"})
  void aKeyThatNoHeaderCanHoldIsRefused(String key) {
    assertRefused(usual().apiKey(key), "api_key", "ASCII");
    assertRefused(usual().header("X-Key", key), "headers.X-Key", "ASCII");
    assertRefused(usual().organization(key), "organization", "ASCII");
    assertRefused(usual().project(key), "project", "ASCII");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "X\r\nY", "schl\u00fcssel"})
  void aHeaderNeedsAName(String name) {
    assertRefused(usual().header(name, "topsecret"), "headers", "name of a header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "transfer-encoding", "HOST", "Connection", "TE"})
  void headersThatMakeUpTheMessageAreTheGatewaysOwn(String name) {
    assertRefused(usual().header(name, "topsecret"), name, "leave it out");
  }

  @Test
  void headersOfOneNameAreRefused() {
    assertRefused(usual().header("X-A", "1").header("x-a", "2"), "twice");
  }

  @Test
  void twoKeysAreRefused() {
    assertRefused(
        usual().apiKey("topsecret").header("authorization", "Bearer topsecret"),
        "api_key",
        "Authorization");
  }

  @Test
  void numbersThatCannotWorkAreRefused() {
    assertRefused(usual().maxIdleConnections(-1), "max_idle_connections");
    assertRefused(usual().idleConnectionTimeout(Duration.ZERO), "idle_connection_timeout", "5m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example:8080",
        "https://user:topsecret@proxy.example:8080",
        "socks5://user:topsecret@proxy.example",
        "http://user:topsecret@proxy.example:8080/path",
        "http://user:topsecret@",
        "http://user:topsecret @proxy.example",
        "topsecret"
      })
  void aProxyNeedsAnAddressAndItsPasswordIsNotShown(String address) {
    assertRefused(usual().proxy(address), "proxy must be like http://proxy.example.com:8080");
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy:3128,             proxy, 3128, ''",
    "http://proxy/,                 proxy, 8080, ''",
    "http://u:p%40%3A+x@proxy:1,    proxy, 1,    Basic dTpwQDoreA==",
    "HTTP://u@proxy:1,              proxy, 1,    Basic dTo="
  })
  void aProxyIsUnderstood(String address, String host, int port, String credentials) {
    ProxyAddress proxy = ProxyAddress.parse(new Secret(address));
    assertThat(proxy.host()).isEqualTo(host);
    assertThat(proxy.port()).isEqualTo(port);
    assertThat(proxy.credentials().map(Secret::value).orElse("")).isEqualTo(credentials);
  }

  @Test
  void nothingOfAConfigurationShowsASecret() {
    OpenAICompatibleConfig config =
        usual()
            .apiKey("topsecret")
            .header("X-Key", "topsecret")
            .proxy("http://u:topsecret@proxy:1")
            .config();
    assertThat(config.toString()).doesNotContain("topsecret");
  }

  @Test
  void aFileWithoutCertificatesIsRefusedWhenTheBackendIsOpened(@TempDir Path directory)
      throws Exception {
    Path missing = directory.resolve("missing.pem");
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");
    Path text = Files.writeString(directory.resolve("text.pem"), "not a certificate");
    for (Path file : new Path[] {missing, empty, text}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> usual().caCertificate(file).open())
          .withMessageContaining("ca_certificate")
          .withMessageContaining(file.toString());
    }
  }

  @Test
  void theProviderIsFoundUnderItsNames() {
    ServiceLoader<?> providers = ServiceLoader.load(Provider.class);
    assertThat(providers.stream().map(provider -> provider.type().getName()))
        .containsExactly(OpenAICompatibleProvider.class.getName());
    assertThat(OpenAICompatibleProvider.class.getAnnotation(Alias.class).value())
        .contains(
            "openai-compatible",
            "agentic_primitives_gateway.primitives.llm.openai_compatible.OpenAICompatibleProvider");
    assertThat(new OpenAICompatibleProvider().configType()).isEqualTo(OpenAICompatibleConfig.class);
  }
}
