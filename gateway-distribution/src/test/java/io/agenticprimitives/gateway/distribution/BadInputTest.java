package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a caller sends gets a clear error in bounded memory, and the next caller is served.
class BadInputTest {
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private static GatewayProcess gateway;
  private static NativeClient client;

  @BeforeAll
  static void start(@TempDir Path directory) {
    // A heap that is too small for anything that keeps hostile input more than a few times.
    gateway = GatewayProcess.start(Map.of("GATEWAY_JAVA_OPTS", "-Xmx256m"), directory);
    client = new NativeClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
  }

  @AfterEach
  void theNextCallerIsServed() {
    assertThat(gateway.process().isAlive()).as(gateway::output).isTrue();
    assertThat(Answer.whole(client.complete(ASK)).text()).isEqualTo("Hi");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongBodies")
  void aWrongBodyIsA422ThatSaysWhere(String name, String body, String location) {
    for (HttpResponse<String> response : List.of(client.complete(body), client.stream(body))) {
      assertThat(response.statusCode()).isEqualTo(422);
      JsonNode detail = NativeClient.json(response.body()).path("detail");
      assertThat(detail.isArray()).isTrue();
      assertThat(detail.get(0).path("loc").toString()).startsWith(location);
      assertThat(detail.get(0).path("msg").asText()).isNotBlank();
      assertThat(response.body()).hasSizeLessThan(100_000).doesNotContain("com.fasterxml");
    }
  }

  static Stream<Arguments> wrongBodies() {
    return Stream.of(
        Arguments.of("empty", "", "[\"body\""),
        Arguments.of("not JSON", "Hello", "[\"body\",0"),
        Arguments.of("half JSON", "{\"messages\":[", "[\"body\","),
        Arguments.of("array", "[]", "[\"body\"]"),
        Arguments.of("string", "\"x\"", "[\"body\"]"),
        Arguments.of("no messages", "{}", "[\"body\",\"messages\"]"),
        Arguments.of("messages: text", "{\"messages\":\"x\"}", "[\"body\",\"messages\"]"),
        Arguments.of("message: number", "{\"messages\":[1]}", "[\"body\",\"messages\",0]"),
        Arguments.of(
            "temperature: text",
            "{\"messages\":[],\"temperature\":\"hot\"}",
            "[\"body\",\"temperature\"]"),
        Arguments.of(
            "max_tokens: half",
            "{\"messages\":[],\"max_tokens\":1.5}",
            "[\"body\",\"max_tokens\"]"),
        Arguments.of("model: null", "{\"messages\":[],\"model\":null}", "[\"body\",\"model\"]"),
        Arguments.of("tools: text", "{\"messages\":[],\"tools\":\"x\"}", "[\"body\",\"tools\"]"),
        Arguments.of("system: list", "{\"messages\":[],\"system\":[1]}", "[\"body\",\"system\"]"),
        Arguments.of("duplicate key", "{\"messages\":[],\"messages\":[]}", "[\"body\""),
        Arguments.of(
            "deep",
            "{\"messages\":[],\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
            "[\"body\""),
        Arguments.of("deep and open", "{\"messages\":" + "[".repeat(100_000), "[\"body\""));
  }

  @Test
  void allFaultsAreToldAtOnce() {
    HttpResponse<String> response =
        client.complete("{\"messages\":5,\"temperature\":\"x\",\"system\":1,\"model\":null}");
    JsonNode detail = NativeClient.json(response.body()).path("detail");
    assertThat(detail).hasSize(4);
  }

  @Test
  void aMillionMessagesAreTooMany() {
    String message = "{\"role\":\"user\",\"content\":\"x\"},";
    String last = message.substring(0, message.length() - 1);
    String body = "{\"messages\":[" + message.repeat(999_999) + last + "]}";
    HttpResponse<String> response = client.complete(body);
    assertThat(response.statusCode()).isIn(413, 422);
    assertThat(response.body()).hasSizeLessThan(10_000);
  }

  @Test
  void fortyMegabytesAreTooLarge() throws IOException {
    String answer = raw(post(41_943_040).getBytes(UTF_8));
    assertThat(answer).startsWith("HTTP/1.1 413").contains("\"detail\"").contains("32");
  }

  @Test
  void invalidUtf8IsNotGuessed() throws IOException {
    byte[] body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"\u00ff\u00c0\"}]}".getBytes(ISO_8859_1);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(post(body.length).getBytes(UTF_8));
    request.writeBytes(body);
    assertThat(raw(request.toByteArray())).startsWith("HTTP/1.1 422").contains("json_invalid");
  }

  @Test
  void headersCannotBeInjected() throws IOException {
    String answer =
        raw(
            head(
                    "GET /api/v1/llm/models HTTP/1.1",
                    "Connection: close",
                    "X-Request-Id: a\u0000b\u001b[31m")
                .getBytes(ISO_8859_1));
    assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("\u001b");

    HttpResponse<String> echoed = client.get("/healthz", "X-Request-Id", "x".repeat(5000));
    assertThat(echoed.headers().firstValue("X-Request-Id"))
        .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{32}"));

    HttpResponse<String> unknown = client.complete(ASK, "X-Provider-LLM", "a\"},{\"b<script>");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(NativeClient.json(unknown.body()).path("detail").isTextual()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("wrongRequests")
  void whatIsNotServedIsSaid(String request, int status) throws IOException {
    String answer = raw(head(request, "Connection: close").getBytes(UTF_8));
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(answer).doesNotContain("javalin", "Jetty", "jetty");
  }

  static Stream<Arguments> wrongRequests() {
    return Stream.of(
        Arguments.of("GET /nothing HTTP/1.1", 404),
        Arguments.of("GET /api/v1/llm/completions HTTP/1.1", 405),
        Arguments.of("DELETE /api/v1/llm/models HTTP/1.1", 405),
        Arguments.of("GET /../../etc/passwd HTTP/1.1", 400),
        Arguments.of("NONSENSE", 400));
  }

  /// Two hundred callers who never finish their request hold nobody up.
  @Test
  void slowCallersDoNotHoldUpOthers() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = connect();
        slow.add(socket);
        String begun = i % 2 == 0 ? "POST /api/v1/llm/comp" : post(1000) + "{\"mess";
        socket.getOutputStream().write(begun.getBytes(UTF_8));
      }
      assertThat(Answer.whole(client.complete(ASK)).text()).isEqualTo("Hi");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static String post(int length) {
    return head(
        "POST /api/v1/llm/completions HTTP/1.1",
        "Content-Type: application/json",
        "Connection: close",
        "Content-Length: " + length);
  }

  private static String head(String requestLine, String... headers) {
    return requestLine + "\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(gateway.uri().getHost(), gateway.uri().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String raw(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }
}
