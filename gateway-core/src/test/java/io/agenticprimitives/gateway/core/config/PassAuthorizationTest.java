package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassAuthorizationTest {
  private static final String BACKEND =
      """
      providers:
        llm:
          backend: com.example.Provider
          pass_authorization: true
      """;

  @Test
  void anOperatorMayLetCallersBringTheirOwnKeys() {
    GatewayConfig config = Configs.valid(BACKEND);
    assertThat(Configs.backend(Configs.llm(config), "default").policy().passAuthorization())
        .isTrue();
    assertThat(EffectiveConfig.print(config, _ -> Optional.empty()))
        .contains("pass_authorization: true");
  }

  @Test
  void theGatewaysOwnKeyCannotBePassedOn() {
    String keys =
        """
        auth:
          backend: api_key
          api_keys:
            - {key: secret-key-1, principal_id: team-a}
        """;
    assertThat(Configs.problems(BACKEND + keys))
        .singleElement()
        .asString()
        .contains("providers.llm.pass_authorization", "must not go upstream", "X-Cred-");
  }
}
