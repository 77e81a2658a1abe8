package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.distribution.Words.Stop;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// With whose credentials calls go to Bedrock, on a machine that has some of its own. The server in
/// the place of Bedrock takes no call whose signature or session token is not its caller's.
class BedrockCredentialsTest {
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String API_KEY = "ABSKmachinesbearertoken";
  private static final Map<String, String> MACHINE =
      Map.of(
          "AWS_ACCESS_KEY_ID",
          "AKIAMACHINE000001",
          "AWS_SECRET_ACCESS_KEY",
          "secret/of+machine",
          "AWS_SESSION_TOKEN",
          "token/of+machine==",
          "AWS_REGION",
          "eu-north-1");

  @TempDir Path directory;

  private final ScriptedBedrock bedrock = new ScriptedBedrock();
  private final ScriptedBedrock.Caller machine =
      bedrock.caller(
          "AKIAMACHINE000001",
          "secret/of+machine",
          "token/of+machine==",
          BedrockCredentialsTest::hello);
  private final ScriptedBedrock.Caller apiKey =
      bedrock.caller(API_KEY, "", "", BedrockCredentialsTest::hello);
  private final ScriptedBedrock.Caller temporary =
      bedrock.caller(
          "ASIATEMPORARY00001",
          "secret/of+temporary",
          "token/of+temporary==",
          BedrockCredentialsTest::hello);

  @AfterEach
  void stop() {
    bedrock.close();
  }

  private static Script hello(RecordedRequest request) {
    return new ConverseWords().text("Hello").stop(Stop.END_TURN).usage(1, 0, 1).answer(request);
  }

  /// A gateway on a machine with credentials, what callers of it do, and nothing of it in the log.
  private void with(String policy, boolean withApiKey, Consumer<NativeClient> calls)
      throws Exception {
    Map<String, String> environment = new HashMap<>(MACHINE);
    if (withApiKey) {
      environment.put("AWS_BEARER_TOKEN_BEDROCK", API_KEY);
    }
    try (GatewayProcess gateway =
            GatewayProcess.startWith(
                environment,
                directory,
                """
                log_level: debug
                allow_server_credentials: %s
                providers: {llm: {backend: %s, config: {endpoint_url: "%s"}}}
                """
                    .formatted(policy, ScriptedBedrock.PROVIDER, bedrock.uri()));
        NativeClient client = new NativeClient(gateway.uri())) {
      calls.accept(client);
      assertThat(gateway.output())
          .contains("route=completions")
          .doesNotContain("secret/of+", "token/of+", API_KEY, "AKIACALLER", "AKIAMACHINE", "ASIAT");
    }
  }

  private static void assertServed(HttpResponse<String> response) {
    assertThat(Answer.whole(response).errorDetail()).isEmpty();
    assertThat(Answer.whole(response).text()).isEqualTo("Hello");
  }

  private String[] temporaryHeaders() {
    return temporary.headers(
        "X-AWS-Session-Token", temporary.token(), "X-AWS-Region", "ap-south-1");
  }

  /// Callers with keys of their own and without, all at once.
  private void manyCalls(NativeClient client, boolean withoutKeysToo) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls =
          IntStream.range(0, 30)
              .<Future<?>>mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            ScriptedBedrock.Caller own =
                                bedrock.caller(BedrockCredentialsTest::hello);
                            assertServed(client.complete(ASK, own.headers()));
                            assertThat(own.request().header("X-Amz-Security-Token")).isEmpty();
                            if (withoutKeysToo) {
                              assertServed(client.complete(ASK));
                            }
                          }))
              .toList();
      for (Future<?> call : calls) {
        assertThat(call).succeedsWithin(Duration.ofSeconds(60));
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void neverTakesTheCallersKeysAlone() throws Exception {
    with(
        "never",
        true,
        client -> {
          manyCalls(client, false);
          assertServed(client.complete(ASK, temporaryHeaders()));
          assertThat(temporary.request().header("Authorization").orElseThrow())
              .contains("/ap-south-1/bedrock/");
          HttpResponse<String> without = client.complete(ASK);
          assertThat(without.statusCode()).isEqualTo(400);
          assertThat(without.body()).contains("X-AWS-Access-Key-Id", "allow_server_credentials");
          HttpResponse<String> half = client.complete(ASK, "X-AWS-Access-Key-Id", "AKIACALLERHALF");
          assertThat(half.statusCode()).isEqualTo(400);
          assertThat(half.body()).contains("go together").doesNotContain("AKIACALLERHALF");
        });
    assertThat(machine.requests()).isEmpty();
    assertThat(apiKey.requests()).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void fallbackTakesTheMachinesKeysForThoseWhoBringNone() throws Exception {
    with(
        "fallback",
        false,
        client -> {
          manyCalls(client, true);
          assertServed(client.complete(ASK, temporaryHeaders()));
          assertServed(client.complete(ASK));
        });
    assertThat(temporary.requests()).hasSize(1);
    assertThat(machine.requests()).hasSize(31);
    assertThat(machine.requests().getLast().header("Authorization").orElseThrow())
        .contains("/eu-north-1/bedrock/");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void theMachinesApiKeyServesThoseWhoBringNoneAndNobodyElse() throws Exception {
    with(
        "fallback",
        true,
        client -> {
          manyCalls(client, true);
          assertServed(client.complete(ASK, temporaryHeaders()));
        });
    assertThat(temporary.requests()).hasSize(1);
    assertThat(apiKey.requests()).hasSize(30);
    assertThat(machine.requests()).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void alwaysTakesTheMachinesKeysAndSaysThatTheRegionOfTheCallDoesNotCount() throws Exception {
    with(
        "always",
        false,
        client -> {
          HttpResponse<String> response = client.complete(ASK, temporaryHeaders());
          assertServed(response);
          assertThat(response.headers().firstValue("X-Gateway-Adjustments").orElseThrow())
              .contains("X-AWS-Region");
          assertServed(client.complete(ASK));
        });
    assertThat(machine.requests()).hasSize(2);
    assertThat(temporary.requests()).isEmpty();
  }
}
