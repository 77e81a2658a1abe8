package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The role that a backend assumes, against a server in the place of AWS's token service.
class AssumedRoleTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String ROLE = "arn:aws:iam::123456789012:role/gateway";
  private static final Script ROLE_KEYS = roleKeys("role-token");
  private static final Script OTHER_ROLE_KEYS = roleKeys("other-token");

  private final SystemProperties properties = new SystemProperties();
  private ScriptedUpstream bedrock;
  private ScriptedUpstream tokens;
  private BedrockBackend backend;

  @BeforeEach
  void start() {
    bedrock =
        ScriptedUpstream.start()
            .onRequest(
                _ ->
                    Script.bytes(
                        200,
                        "application/vnd.amazon.eventstream",
                        new Frames().start().stop("end_turn").metadata().bytes()));
    tokens = ScriptedUpstream.start();
    properties.set("aws.endpointUrlSts", tokens.uri().toString());
    backend =
        Setup.backend(Config.at(bedrock.uri()).withKeys().withRole(ROLE), ServerCredentials.NEVER);
  }

  @AfterEach
  void stop() {
    backend.close();
    tokens.close();
    bedrock.close();
    properties.close();
  }

  private static Script roleKeys(String token) {
    return Script.bytes(
        200,
        "text/xml",
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/g/s</Arn>
              <AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
            <Credentials>
              <AccessKeyId>ASIAROLEKEY00001</AccessKeyId>
              <SecretAccessKey>role-secret</SecretAccessKey>
              <SessionToken>%s</SessionToken>
              <Expiration>2099-01-01T00:00:00Z</Expiration>
            </Credentials>
          </AssumeRoleResult>
          <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
        </AssumeRoleResponse>
        """
            .formatted(token)
            .getBytes(StandardCharsets.UTF_8));
  }

  private Answer ask() {
    try (EventStream events = backend.stream(Setup.streamed(), Caller.anonymous())) {
      return Answer.of(events::next);
    }
  }

  @Test
  void theRoleIsAssumedOnceWithTheConfiguredKeys() {
    tokens.enqueue(ROLE_KEYS);
    for (int i = 0; i < 3; i++) {
      assertThat(ask().failure()).isNull();
      RecordedRequest request = bedrock.takeRequest(SOON);
      assertThat(request.header("X-Amz-Security-Token")).contains("role-token");
      assertThat(request.header("Authorization")).contains(Signatures.of(request, "role-secret"));
    }
    RecordedRequest asked = tokens.takeRequest(SOON);
    assertThat(asked.bodyText())
        .contains("Action=AssumeRole", "role%2Fgateway", "agentic-primitives-gateway");
    assertThat(asked.header("Authorization").orElseThrow()).contains(Setup.KEY_ID);
    assertThat(tokens.requestCount()).isEqualTo(1);
  }

  /// AWS may call credentials expired that this machine's clock calls good.
  @Test
  void aRoleWhoseCredentialsHaveExpiredIsAssumedAgainOnce() {
    tokens.enqueue(ROLE_KEYS, OTHER_ROLE_KEYS);
    bedrock.enqueue(
        Script.json(403, "{\"message\":\"The security token included in the request is expired\"}")
            .withHeader("x-amzn-ErrorType", "ExpiredTokenException"));
    assertThat(ask().failure()).isNull();
    assertThat(bedrock.takeRequest(SOON).header("X-Amz-Security-Token")).contains("role-token");
    assertThat(bedrock.takeRequest(SOON).header("X-Amz-Security-Token")).contains("other-token");
    assertThat(tokens.requestCount()).isEqualTo(2);
  }

  @Test
  void aRefusedRoleIsTheGatewaysFaultAndNamesNoAccount() {
    tokens.onRequest(
        _ ->
            Script.bytes(
                403,
                "text/xml",
                ("<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: "
                        + ROLE
                        + " is not authorized</Message></Error></ErrorResponse>")
                    .getBytes(StandardCharsets.UTF_8)));
    BackendException failure = ask().failed();
    assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(failure).hasMessageContaining("got no AWS credentials");
    assertThat(failure.message()).doesNotContain("123456789012");
    assertThat(bedrock.connectionsAccepted()).isZero();
  }

  @Test
  void aCallThatWaitsForTheRoleCanBeGivenUp() throws Exception {
    tokens.onRequest(_ -> Script.of(new Step.Stall()));
    EventStream events = backend.stream(Setup.streamed(), Caller.anonymous());
    CompletableFuture<BackendException> ended = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    events.next();
                  } catch (BackendException failure) {
                    ended.complete(failure);
                  }
                });
    RecordedRequest waiting = tokens.takeRequest(SOON);
    long start = System.nanoTime();
    events.close();
    assertThat(ended.get(10, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    waiting.awaitPeerClosed(SOON);
    reader.join();
    assertThatThrownBy(events::next).isInstanceOf(BackendException.class);
    assertThat(bedrock.connectionsAccepted()).isZero();
  }
}
