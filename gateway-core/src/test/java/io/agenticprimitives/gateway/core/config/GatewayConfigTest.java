package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.AuthConfig.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {

  @Test
  void whatIsNotConfiguredHasItsDefault() {
    GatewayConfig config = Configs.valid(Configs.MINIMAL);

    assertThat(config.server()).isEqualTo(ServerConfig.DEFAULT);
    assertThat(config.auth()).isEqualTo(AuthConfig.NONE);
    assertThat(config.logging()).isEqualTo(LoggingConfig.DEFAULT);
    assertThat(config.cors()).isEqualTo(CorsConfig.ANY);
    assertThat(config.serverCredentials()).isEqualTo(ServerCredentials.NEVER);
    assertThat(config.source()).isEqualTo(Configs.FILE);
  }

  @Test
  void everyKeyIsObeyed() {
    GatewayConfig config =
        Configs.valid(
            """
            server:
              host: 0.0.0.0
              port: 0x1F90
              max_request_size: 1GB
              max_concurrent_requests: 5
              allow_anonymous: yes
              keep_alive: 1m
              stop_timeout: 0s
              tool_events: assembled
              close_python_connections: off
              mode: strict
            allow_server_credentials: fallback
            cors_origins: ["https://a.example", "https://b.example"]
            log_level: WARNING
            logging: {format: json, sanitize: false}
            tracing: {endpoint: "https://collector.example:4318"}
            config_file: ignored.yaml
            """);

    assertThat(config.server())
        .isEqualTo(
            new ServerConfig(
                "0.0.0.0",
                8080,
                1L << 30,
                5,
                true,
                Duration.ofMinutes(1),
                Duration.ZERO,
                ToolEventsMode.ASSEMBLED,
                false,
                true));
    assertThat(config.serverCredentials()).isEqualTo(ServerCredentials.FALLBACK);
    assertThat(config.tracing().endpoint()).contains("https://collector.example:4318");
    assertThat(config.cors().origins()).containsExactly("https://a.example", "https://b.example");
    assertThat(config.logging())
        .isEqualTo(
            new LoggingConfig(LoggingConfig.Format.JSON, false, LoggingConfig.Level.WARNING));
  }

  @Test
  void hostAndPortAtTheTopAreObeyedUnlessServerHasThem() {
    ServerConfig server =
        Configs.valid("host: localhost\nport: 9000\nserver: {host: '::1'}").server();

    assertThat(server.host()).isEqualTo("::1");
    assertThat(server.port()).isEqualTo(9000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prot: 1 | prot: unknown key; did you mean port?",
        "server: {prot: 1} | server.prot: unknown key; did you mean port?",
        "server: [] | server: expected a block of keys, found a list",
        "server: {port: 70000} | server.port: a port is a number from 0 (the system chooses one) to"
            + " 65535",
        "port: -1 | port: a port is a number from 0 (the system chooses one) to 65535",
        "port: many | port: expected a whole number of at most 2147483647, found the text 'many'",
        "server: {max_request_size: lots} | server.max_request_size: expected a size such as 512KB"
            + " or 32MB, found the text 'lots'",
        "server: {max_request_size: 0} | server.max_request_size: must be from 1B to 2047MB",
        "server: {max_concurrent_requests: 0} | server.max_concurrent_requests: must be at least 1",
        "server: {keep_alive: 0s} | server.keep_alive: must be longer than 0",
        "server: {tool_events: documentd} | server.tool_events: expected one of auto, documented,"
            + " assembled, found the text 'documentd'; did you mean documented?",
        "log_level: loud | log_level: expected one of trace, debug, info, warning, error, found the"
            + " text 'loud'",
        "logging: {format: xml} | logging.format: expected one of text, json, found the text 'xml'",
        "cors_origins: ['*', 'https://a.example'] | cors_origins: '*' allows every origin; write it"
            + " alone, or list the origins without it",
        "cors_origins: https://a.example | cors_origins: expected a list such as [a, b], found the"
            + " text 'https://a.example'",
        "allow_server_credentials: true | allow_server_credentials: true and false are not"
            + " accepted; write never (for false), fallback (the server's own credentials where the"
            + " caller sends none) or always",
        "allow_server_credentials: no | allow_server_credentials: true and false are not accepted;"
            + " write never (for false), fallback (the server's own credentials where the caller"
            + " sends none) or always",
        "allow_server_credentials: nver | allow_server_credentials: expected one of never,"
            + " fallback, always, found the text 'nver'; did you mean never?",
        "enforcement: {backend: agentic_primitives_gateway.enforcement.cedar.CedarPolicyEnforcer} |"
            + " enforcement: this protects something that this gateway cannot honour: it enforces"
            + " no policies; remove the block, or write backend: noop, if calls may be served"
            + " without",
        "auth: {backend: jwt, jwt: {issuer: x}} | auth.backend: this gateway cannot authenticate"
            + " callers by the text 'jwt'; it has noop and api_key",
        "auth: {backend: com.example.Auth} | auth.backend: this gateway cannot authenticate callers"
            + " by the text 'com.example.Auth'; it has noop and api_key",
        "auth: {backend: api_key} | auth.api_keys: no key is given, so nobody could call; add"
            + " entries with key: and principal_id:",
        "auth: {api_keys: [{key: k}]} | auth.api_keys: keys are given, but nobody is asked for one;"
            + " write auth.backend: api_key",
        "auth: {backend: api_key, api_keys: [{key: ''}]} | auth.api_keys[0].key: this key is"
            + " required: The text that callers send.",
        "auth: {backend: api_key, api_keys: [{key: ${K}}]} | auth.api_keys[0].key: the environment"
            + " variable K is not set; set it, or write ${K:-default}",
        "auth: {backend: api_key, api_keys: [{key: k}, {key: k}]} | auth.api_keys[1]: the same key"
            + " is given twice",
      })
  void faultsAreNamed(String text, String problem) {
    assertThat(Configs.problems(text)).containsExactly("1: " + problem);
  }

  @Test
  void apiKeysHavePrincipalsThatAreNotTheKeys() {
    AuthConfig auth =
        Configs.valid(
                """
                auth:
                  backend: api_key
                  api_keys:
                    - key: ${KEY}
                    - {key: two, principal_id: ann, principal_type: service, groups: [g], scopes: [admin]}
                """,
                Map.of("KEY", "one: #1"))
            .auth();

    assertThat(auth.backend()).isEqualTo(AuthConfig.Backend.API_KEY);
    assertThat(auth.apiKeys())
        .containsExactly(
            new ApiKey(new Secret("one: #1"), "api-key-1", "user", List.of(), List.of()),
            new ApiKey(new Secret("two"), "ann", "service", List.of("g"), List.of("admin")));
    assertThat(auth.toString()).doesNotContain("one: #1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noop", "agentic_primitives_gateway.auth.noop.NoopAuthBackend", "~"})
  void noAuthenticationMayBeWrittenInSeveralWays(String backend) {
    assertThat(Configs.valid("auth: {backend: " + backend + "}").auth()).isEqualTo(AuthConfig.NONE);
  }

  @Test
  void enforcementThatDoesNothingIsAccepted() {
    String noop = "agentic_primitives_gateway.enforcement.noop.NoopPolicyEnforcer";

    assertThat(Configs.load("enforcement: {backend: " + noop + "}").problems().report()).isEmpty();
    assertThat(Configs.load("enforcement: {}").problems().report()).isEmpty();
  }

  @Test
  void blocksThatAreNotImplementedAreEachNamedInOneWarning() {
    String text =
        """
        agents: {specs: {a: {model: x, tools: [y]}}}
        teams: {}
        governance: {}
        audit: {enabled: false}
        credentials: {backend: noop}
        metadata_denylists: {a: [b]}
        """;

    assertThat(Configs.valid(text).primitives()).isEmpty();
    assertThat(Configs.warnings(text))
        .hasSize(6)
        .startsWith("1: agents: agents is not implemented by this gateway; the block is ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "'::'", "192.168.1.5", "gateway.example.com", "127.0.0.1.nip.io"})
  void aPublicAddressNeedsAuthenticationOrAWord(String host) {
    String keys = "auth: {backend: api_key, api_keys: [{key: k}]}\n";

    assertThat(Configs.problems("server:\n  host: " + host))
        .singleElement()
        .asString()
        .startsWith("2: server.host: ")
        .contains("auth", "127.0.0.1", "server.allow_anonymous: true");
    assertThat(Configs.problems("host: " + host))
        .singleElement()
        .asString()
        .startsWith("1: host: ");
    assertThat(Configs.problems(keys + "host: " + host)).isEmpty();
    assertThat(Configs.problems("server: {allow_anonymous: true, host: " + host + "}")).isEmpty();
  }

  @Test
  void theValueOfAVariableAtHostIsNotShown() {
    String text = "server: {host: '${HOST}'}\n" + Configs.MINIMAL;
    assertThat(Configs.load(text, Map.of("HOST", "secret")).problems().report())
        .contains("the value of ${HOST} can be reached from other machines")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "'::1'", "'[::1]'", "localhost", "LocalHost"})
  void aLoopbackAddressNeedsNone(String host) {
    assertThat(Configs.problems("server: {host: " + host + "}")).isEmpty();
  }

  @Test
  void anOriginThatNoBrowserSendsIsWarnedOf() {
    assertThat(Configs.warnings("cors_origins: ['http://b:1', 'https://a.example/', 'null']"))
        .containsExactly(
            "1: cors_origins[1]: no browser sends such an origin; write https://host or"
                + " https://host:port, and nothing after it");
  }
}
