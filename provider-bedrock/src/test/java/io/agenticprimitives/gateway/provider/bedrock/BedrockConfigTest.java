package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.Alias;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockConfigTest {

  /// Builds a configuration by its keys, as the gateway does; the defaults are the annotations'.
  private static BedrockConfig config(Map<String, Object> values) {
    RecordComponent[] components = BedrockConfig.class.getRecordComponents();
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      Default byDefault = component.getAnnotation(Default.class);
      Object value = values.get(component.getName());
      if (component.getType() == Optional.class) {
        arguments[i] = Optional.ofNullable(value);
      } else if (value != null) {
        arguments[i] = value;
      } else if (byDefault == null) {
        arguments[i] = Map.of();
      } else {
        boolean flag = component.getType() == boolean.class;
        arguments[i] = flag ? Boolean.valueOf(byDefault.value()) : byDefault.value();
      }
    }
    try {
      return BedrockConfig.class.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw (RuntimeException) refused.getCause();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void nothingMustBeGiven() {
    BedrockConfig config = config(Map.of());
    assertThat(config.defaultModel()).isEqualTo("us.anthropic.claude-sonnet-4-20250514-v1:0");
    assertThat(config.fips()).isFalse();
    assertThat(OperatorMembers.of(config).isEmpty()).isTrue();
  }

  @Test
  void everyKeyIsDocumented() {
    for (RecordComponent component : BedrockConfig.class.getRecordComponents()) {
      Doc doc = component.getAnnotation(Doc.class);
      assertThat(doc).as(component.getName()).isNotNull();
      assertThat(doc.value()).endsWith(".");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region | evil.example/ | region",
        "region | US-EAST-1 | region",
        "defaultModel | .. | default_model",
        "roleSessionName | a b | role_session_name",
        "roleArn+apiKey | arn:aws:iam::1:role/x | api_key",
        "externalId | x | external_id",
        "accessKeyId | AKIA | secret_access_key",
        "secretAccessKey | x | access_key_id",
        "sessionToken | x | session_token",
        "profile+apiKey | x | api_key",
        "apiKey | a b | api_key",
        "endpointUrl | ftp://x | endpoint_url",
        "endpointUrl | http://u:p@x/ | endpoint_url",
        "endpointUrl | http://x/?q=1 | endpoint_url",
        "endpointUrl | /path | endpoint_url",
      })
  void whatCannotWorkIsRefusedByTheNameOfItsKey(String keys, String value, String named) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key : keys.split("\\+", -1)) {
      boolean secret =
          Set.of("externalId", "accessKeyId", "secretAccessKey", "sessionToken", "apiKey")
              .contains(key);
      values.put(
          key, key.equals("endpointUrl") ? URI.create(value) : secret ? new Secret(value) : value);
    }
    assertThatThrownBy(() -> config(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void anOwnAddressExcludesTheChoiceOfAwsAddresses() {
    assertThatThrownBy(() -> config(Map.of("endpointUrl", URI.create("http://x"), "fips", true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint_url");
  }

  @Test
  void theOperatorsChoicesBecomeMembersOfEveryRequest() {
    BedrockConfig config =
        config(
            Map.of(
                "guardrail",
                new BedrockConfig.Guardrail(
                    "gr-1",
                    "3",
                    BedrockConfig.Guardrail.Trace.ENABLED_FULL,
                    Optional.of(BedrockConfig.Guardrail.StreamMode.ASYNC)),
                "performanceLatency",
                BedrockConfig.Latency.OPTIMIZED,
                "serviceTier",
                BedrockConfig.ServiceTier.FLEX,
                "additionalModelRequestFields",
                new LinkedHashMap<>(Map.of("top_k", "5"))));
    assertThat(OperatorMembers.of(config).fields())
        .hasToString(
            "{guardrailConfig={\"guardrailIdentifier\":\"gr-1\",\"guardrailVersion\":\"3\","
                + "\"trace\":\"enabled_full\",\"streamProcessingMode\":\"async\"},"
                + " performanceConfig={\"latency\":\"optimized\"},"
                + " serviceTier={\"type\":\"flex\"},"
                + " additionalModelRequestFields={\"top_k\":5}}");
    assertThatThrownBy(
            () -> config(Map.of("additionalModelRequestFields", Map.of("a", "not json"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("double quotes");
  }

  @Test
  void secretsDoNotShowThemselves() {
    BedrockConfig config =
        Config.at(URI.create("http://x")).withKeys().withToken("token-canary").build();
    assertThat(config.toString()).doesNotContain(Setup.KEY_ID, Setup.SECRET, "token-canary");
  }

  @Test
  void theProviderIsFoundByItsNames() throws IOException {
    String services = "/META-INF/services/io.agenticprimitives.gateway.api.Provider";
    try (InputStream file = BedrockConverseProvider.class.getResourceAsStream(services)) {
      assertThat(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines(BedrockConverseProvider.class.getName());
    }
    assertThat(BedrockConverseProvider.class.getAnnotation(Alias.class).value())
        .contains("agentic_primitives_gateway.primitives.llm.bedrock.BedrockConverseProvider");
  }

  @Test
  void aBackendOpensWithoutWaiting() {
    try (LlmBackend backend =
        new BedrockConverseProvider()
            .open(config(Map.of()), Setup.place(ServerCredentials.FALLBACK))) {
      assertThat(backend).isNotNull();
    }
  }
}
