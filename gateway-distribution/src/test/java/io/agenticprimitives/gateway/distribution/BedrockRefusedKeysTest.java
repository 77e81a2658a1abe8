package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.Script;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What callers are told whose own AWS keys Bedrock refuses.
class BedrockRefusedKeysTest {
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private static ScriptedBedrock bedrock;
  private static GatewayProcess gateway;
  private static NativeClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    bedrock = new ScriptedBedrock();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                default: aws
                backends:
                  aws: {backend: %s, config: {endpoint_url: "%s"}, retry: {max_attempts: 1}}
            """
                .formatted(ScriptedBedrock.PROVIDER, bedrock.uri()));
    client = new NativeClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    assertThat(gateway.output()).doesNotContain("secret/of+");
    client.close();
    gateway.close();
    bedrock.close();
  }

  @Test
  void whoseKeysWereRefusedIsSaid() {
    Script expired = ScriptedBedrock.error(403, "ExpiredTokenException", "The token is expired");
    Answer answer = Answer.whole(client.complete(ASK, bedrock.caller(expired).headers()));
    assertThat(answer.errorDetail())
        .isEqualTo(
            "Backend 'aws': AWS refuses the credentials that came with the call (403"
                + " ExpiredTokenException): The token is expired");
  }

  @Test
  void aWrongSecretIsAWrongSignature() {
    ScriptedBedrock.Caller caller =
        bedrock.caller(ScriptedBedrock.stream(BedrockFrameFaults.hello()));
    String[] headers = caller.headers();
    headers[3] = "secret/of+nobody";
    HttpResponse<String> response = client.complete(ASK, headers);
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body())
        .contains("(403 InvalidSignatureException): The request signature does not match.")
        .doesNotContain("secret/of+nobody", caller.keyId());
    assertThat(caller.requests()).isEmpty();
  }
}
