package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class SignedExchangeTest {
  private static final Script EXPIRED =
      Script.json(403, "{\"message\":\"The token first is expired\"}")
          .withHeader("x-amzn-ErrorType", "ExpiredTokenException");

  private static SignedExchange.Outcome send(
      ScriptedUpstream upstream, BedrockClient client, String... tokens) {
    Deque<String> left = new ArrayDeque<>(List.of(tokens));
    CredentialSource source = () -> new Identity.Bearer(left.removeFirst());
    HttpUrl url = HttpUrl.get(upstream.uri("/x").toString());
    return new SignedExchange(client)
        .send(
            new DirectRunner("aws"),
            source,
            identity -> client.get(url, identity, "us-east-1", Caller.anonymous()));
  }

  @Test
  void anIdentityThatHasExpiredIsResolvedAnewOnce() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start();
        BedrockClient client = new BedrockClient(Duration.ofSeconds(5), Clock.systemUTC())) {
      upstream.enqueue(EXPIRED, Script.json(200, "{}"));
      SignedExchange.Outcome outcome = send(upstream, client, "first-token", "second-token");
      assertThat(outcome.response().code()).isEqualTo(200);
      assertThat(outcome.identity()).isEqualTo(new Identity.Bearer("second-token"));
      client.release(outcome.response());

      upstream.enqueue(EXPIRED, EXPIRED);
      assertThatThrownBy(() -> send(upstream, client, "first-token", "second-token"))
          .isInstanceOf(BackendException.class);
      upstream.enqueue(EXPIRED);
      assertThatThrownBy(() -> send(upstream, client, "first-token", "first-token"))
          .isInstanceOf(BackendException.class);
      assertThat(upstream.requestCount()).isEqualTo(5);
    }
  }

  @Test
  void secretsThatAnUpstreamRepeatsAreTakenOut() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start();
        BedrockClient client = new BedrockClient(Duration.ofSeconds(5), Clock.systemUTC())) {
      upstream.enqueue(Script.json(400, "{\"message\":\"You sent canary-secret, did you?\"}"));
      assertThatThrownBy(() -> send(upstream, client, "canary-secret"))
          .hasMessage("You sent [secret removed], did you?");
    }
  }
}
