package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.EventStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallHeadersTest {
  private static final BlockingQueue<CallContext> calls = new LinkedBlockingQueue<>();
  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    server =
        ServerUnderTest.start(
            FakeModel.of(
                (request, call) -> {
                  calls.add(call);
                  if (request.model().startsWith("adjust")) {
                    call.adjusted("seed", CallContext.Action.DROPPED, "no word for it \u00fc\n");
                  }
                  if (request.model().endsWith("fail")) {
                    throw new BackendException(ErrorKind.INVALID_REQUEST, "seed needed");
                  }
                  return EventStream.of(
                      List.of(Events.started(), Events.text("Hi"), Events.finished()));
                }));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    calls.clear();
  }

  @Test
  void credentialsOfServicesReachTheBackend() throws Exception {
    CallContext call =
        callWith("X-Cred-OpenAI-Api-Key", "sk-1", "x-cred-my.service-a-long-key", "v");
    assertThat(value(call, "openai", "api_key")).contains("sk-1");
    assertThat(value(call, "my.service", "a_long_key")).contains("v");
  }

  @Test
  void aCredentialCannotSayWhereItIsSent() throws Exception {
    CallContext call =
        callWith(
            "X-Cred-Openai-Base-Url",
            "http://evil",
            "X-Cred-Openai-Host",
            "evil",
            "X-Cred-Openai",
            "x");
    assertThat(value(call, "openai", "base_url")).isEmpty();
    assertThat(value(call, "openai", "host")).isEmpty();
  }

  @Test
  void awsCredentialsReachTheBackend() throws Exception {
    CallContext call =
        callWith(
            "X-AWS-Access-Key-Id",
            "id",
            "X-AWS-Secret-Access-Key",
            "secret",
            "X-AWS-Session-Token",
            "token",
            "X-AWS-Region",
            "eu-west-1");
    assertThat(value(call, "aws", "access_key_id")).contains("id");
    assertThat(value(call, "aws", "secret_access_key")).contains("secret");
    assertThat(value(call, "aws", "session_token")).contains("token");
    assertThat(value(call, "aws", "region")).contains("eu-west-1");
  }

  @Test
  void aRegionWithoutKeysDoesNotSteerTheServersOwnCredentials() throws Exception {
    assertThat(value(callWith("X-AWS-Region", "eu-west-1"), "aws", "region")).isEmpty();
  }

  @Test
  void halfAPairOfAwsKeysIsRefused() throws Exception {
    HttpResponse<String> response = post("m", "X-AWS-Access-Key-Id", "AKIA-canary");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("X-AWS-Secret-Access-Key").doesNotContain("canary");
    assertThat(calls).isEmpty();
  }

  @Test
  void theRequestIdReachesTheBackend() throws Exception {
    assertThat(callWith("X-Request-Id", "mine").requestId()).isEqualTo("mine");
  }

  @Test
  void adjustmentsAreToldInAHeaderThatIsAscii() throws Exception {
    for (String path : List.of(ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM)) {
      HttpResponse<String> response = server.post(path, body("adjust"));
      assertThat(response.headers().firstValue("X-Gateway-Adjustments"))
          .contains(
              "[{\"path\":\"seed\",\"action\":\"dropped\","
                  + "\"reason\":\"no word for it \\u00fc\\n\"}]");
      assertThat(response.body()).contains("\"adjustments\":[{\"path\":\"seed\"");
    }
    assertThat(post("m").headers().firstValue("X-Gateway-Adjustments")).isEmpty();
  }

  @Test
  void aFailureTellsTheAdjustmentsToo() throws Exception {
    for (String path : List.of(ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM)) {
      HttpResponse<String> response = server.post(path, body("adjust and fail"));
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.headers().firstValue("X-Gateway-Adjustments").orElseThrow())
          .contains("\"path\":\"seed\"");
    }
  }

  @Test
  void strictModeTurnsAnAdjustmentIntoAnError() throws Exception {
    HttpResponse<String> response = post("adjust", "X-Gateway-Mode", "strict");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("seed");
    assertThat(post("m", "X-Gateway-Mode", "strict").statusCode()).isEqualTo(200);
  }

  @Test
  void aModeOrStyleThatDoesNotExistIsRefused() throws Exception {
    HttpResponse<String> mode = post("m", "X-Gateway-Mode", "stirct");
    assertThat(mode.statusCode()).isEqualTo(400);
    assertThat(mode.body()).isEqualTo("{\"detail\":\"X-Gateway-Mode can only be 'strict'.\"}");
    HttpResponse<String> style = post("m", "X-Gateway-Tool-Events", "both");
    assertThat(style.statusCode()).isEqualTo(400);
    assertThat(style.body()).contains("'documented', 'assembled' or 'auto'");
  }

  private static CallContext callWith(String... headers) throws Exception {
    assertThat(post("m", headers).statusCode()).isEqualTo(200);
    return calls.remove();
  }

  private static HttpResponse<String> post(String model, String... headers) throws Exception {
    return server.post(ServerUnderTest.COMPLETIONS, body(model), headers);
  }

  private static String body(String model) {
    return "{\"model\":\"" + model + "\",\"messages\":[]}";
  }

  private static Optional<String> value(CallContext call, String service, String key) {
    return call.credential(service, key).map(Secret::value);
  }
}
