package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How answers of `POST /v1/chat/completions` end, well or not, to the last byte: SDKs tell the one
/// from the other by it.
class ChatEndingsTest {
  private static final String KEY = "sk-backend-1234567890abcdef";
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = ASK.replace("]}", "],\"stream\":true}");
  private static final String CHUNK =
      "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}";
  private static final String FINISH =
      "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";

  private static ScriptedUpstream upstream;
  private static GatewayProcess gateway;
  private static ChatClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                backends:
                  main:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_url: "%s", api_key: "%s"}
                    retry: {max_attempts: 1}
                default: main
            """
                .formatted(upstream.uri(), KEY));
    client = new ChatClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("upstreamErrors")
  void anErrorOfTheUpstreamKeepsItsWords(
      int upstreamStatus, int status, String body, String type, String code, String parameter) {
    for (String ask : List.of(ASK, STREAM)) {
      upstream.enqueue(Script.json(upstreamStatus, body));
      ChatClient.Reply reply = client.chat(ask);
      assertThat(reply.status()).as(reply.body()).isEqualTo(status);
      assertThat(reply.error().path("message").asText()).isNotBlank();
      assertThat(reply.error().path("type").asText()).isEqualTo(type);
      assertThat(reply.error().path("code").asText("")).isEqualTo(code);
      assertThat(reply.error().path("param").asText("")).isEqualTo(parameter);
    }
  }

  static Stream<Arguments> upstreamErrors() {
    String invalid = "invalid_request_error";
    String said = "{\"error\":{\"message\":\"m\",\"type\":\"%s\",\"param\":%s,\"code\":%s}}";
    return Stream.of(
        Arguments.of(
            400,
            400,
            said.formatted(invalid, "\"messages\"", "\"context_length_exceeded\""),
            invalid,
            "context_length_exceeded",
            "messages"),
        Arguments.of(
            429,
            429,
            said.formatted("insufficient_quota", "null", "\"insufficient_quota\""),
            "insufficient_quota",
            "insufficient_quota",
            ""),
        Arguments.of(404, 404, "{\"error\":\"no such model\"}", invalid, "", ""),
        Arguments.of(422, 422, "{\"detail\":\"no\"}", invalid, "", ""),
        Arguments.of(401, 502, "{\"message\":\"bad key\"}", "server_error", "authentication", ""),
        Arguments.of(500, 502, "{}", "server_error", "upstream_failure", ""),
        Arguments.of(
            503, 503, said.formatted("overloaded", "null", "503"), "overloaded", "503", ""));
  }

  @Test
  void aFinishedStreamHasUsageIfItIsWantedAndAnEnd() throws IOException {
    String wanted = STREAM.replace("}]", "}],\"stream_options\":{\"include_usage\":true}");
    upstream.enqueue(Script.sse(CHUNK, FINISH, "[DONE]"), Script.sse(CHUNK, FINISH, "[DONE]"));
    ChatClient.Reply with = client.chat(wanted);
    assertThat(with.isDone()).isTrue();
    assertThat(with.header("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(with.chunks().getLast().path("choices").isEmpty()).isTrue();
    assertThat(with.chunks().getLast().path("usage").path("total_tokens").asInt()).isEqualTo(3);
    String without = raw(STREAM);
    assertThat(without).doesNotContain("usage").endsWith("data: [DONE]\n\n\r\n0\r\n\r\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenStreams")
  void aStreamThatBreaksOffHasAnErrorAndNoEnd(String name, Script script, String code)
      throws IOException {
    upstream.enqueue(script);
    String answer = raw(STREAM);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("Transfer-Encoding: chunked", "Hello");
    assertThat(answer).doesNotContain("[DONE]", "\r\n0\r\n", KEY, "Exception");
    String last = answer.substring(answer.lastIndexOf("data: ") + "data: ".length()).strip();
    JsonNode error = NativeClient.json(last).path("error");
    assertThat(error.path("message").asText()).isNotBlank();
    assertThat(error.path("type").asText()).isNotBlank();
    assertThat(error.path("code").asText()).isEqualTo(code);
  }

  static Stream<Arguments> brokenStreams() {
    return Stream.of(
        Arguments.of("cut", Script.sse(CHUNK), "cut"),
        Arguments.of("closed", Script.sseUnfinished(CHUNK).then(new Step.Close()), "cut"),
        Arguments.of("garbage", Script.sse(CHUNK, "{\"choices\":["), "upstream_failure"),
        Arguments.of(
            "reported",
            Script.sse(CHUNK, "{\"error\":{\"message\":\"m\",\"code\":\"boom\"}}"),
            "boom"));
  }

  /// All bytes that come for a request, which offers what some Java clients do: to speak HTTP/2.
  private static String raw(String body) throws IOException {
    String head =
        String.join(
            "\r\n",
            "POST /v1/chat/completions?beta=true HTTP/1.1",
            "Host: x",
            "Content-Type: application/json",
            "Connection: Upgrade, HTTP2-Settings, close",
            "Upgrade: h2c",
            "HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA",
            "Content-Length: " + body.length(),
            "",
            "");
    try (Socket socket = new Socket(gateway.uri().getHost(), gateway.uri().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write((head + body).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
