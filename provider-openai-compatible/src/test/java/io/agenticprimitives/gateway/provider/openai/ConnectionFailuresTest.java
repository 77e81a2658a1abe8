package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way in which a connection fails is told in words that help, without the address.
class ConnectionFailuresTest {

  private static EventStream stream(OpenAICompatibleBackend backend) {
    return backend.stream(TestRequest.streamed().request(), TestCall.plain());
  }

  private static void assertFails(OpenAICompatibleBackend backend, ErrorKind kind, String... says) {
    BackendException failure = Pulling.failureOf(stream(backend));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message())
        .startsWith("Backend 'mine'")
        .contains(says)
        .doesNotContain("127.0.0.1", "localhost", "http://", "Exception");
    assertThat(failure.getCause()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void aRefusedConnection(String host) {
    String url = "http://" + host + ":" + ScriptedUpstream.refusedPort();
    try (OpenAICompatibleBackend backend = TestConfig.of(url).open()) {
      assertFails(backend, ErrorKind.UNREACHABLE, "refused", "base_url");
    }
  }

  @Test
  void anUnknownHost() {
    try (OpenAICompatibleBackend backend =
        TestConfig.of("http://nowhere.example")
            .open(
                host -> {
                  throw new UnknownHostException(host);
                })) {
      assertFails(backend, ErrorKind.UNREACHABLE, "host name", "base_url");
    }
  }

  @Test
  void aLookupThatTakesTooLong() {
    CountDownLatch end = new CountDownLatch(1);
    try (OpenAICompatibleBackend backend =
        TestConfig.of("http://slow.example")
            .connectTimeout(Duration.ofMillis(100))
            .open(
                _ -> {
                  try {
                    end.await();
                  } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                  }
                  return List.of();
                })) {
      assertFails(backend, ErrorKind.UNREACHABLE, "host name");
    } finally {
      end.countDown();
    }
  }

  @Test
  void aHostThatIsFoundAfterAllIsUsed() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(_ -> Scripts.STREAM);
        OpenAICompatibleBackend backend =
            TestConfig.of("http://upstream.example:" + upstream.port())
                .open(_ -> List.of(InetAddress.getLoopbackAddress()))) {
      assertThat(Pulling.textOf(stream(backend))).isEqualTo("Hello");
    }
  }

  @Test
  void aConnectionThatIsNotAccepted() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = CancellationTest.fill(full);
      try (OpenAICompatibleBackend backend =
          TestConfig.of("http://127.0.0.1:" + full.getLocalPort())
              .connectTimeout(Duration.ofMillis(100))
              .open()) {
        assertFails(backend, ErrorKind.TIMEOUT, "timeouts.connect");
      } finally {
        for (Socket socket : queue) {
          socket.close();
        }
      }
    }
  }

  @Test
  void aHandshakeThatIsNotAnswered() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        OpenAICompatibleBackend backend =
            TestConfig.of("https://127.0.0.1:" + silent.getLocalPort())
                .connectTimeout(Duration.ofMillis(200))
                .open()) {
      assertFails(backend, ErrorKind.TIMEOUT, "timeouts.connect");
    }
  }

  @Test
  void aCertificateThatIsNotTrusted() {
    try (ScriptedUpstream upstream = ScriptedUpstream.startTls();
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      assertFails(backend, ErrorKind.UNREACHABLE, "not trusted", "ca_certificate");
    }
  }

  @Test
  void aCertificateOfTheConfigurationIsTrusted(@TempDir Path directory) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.startTls().onRequest(_ -> Scripts.STREAM)) {
      Path pem = directory.resolve("ca.pem");
      Files.writeString(pem, "# our own authority\n");
      Files.write(pem, Files.readAllBytes(upstream.certificatePem()), StandardOpenOption.APPEND);
      try (OpenAICompatibleBackend backend =
          TestConfig.of(upstream.uri()).caCertificate(pem).open()) {
        for (int i = 0; i < 3; i++) {
          assertThat(Pulling.textOf(stream(backend))).isEqualTo("Hello");
        }
      }
    }
  }

  /// The time-out of the handshake must not hold for the answer.
  @Test
  void anAnswerMayTakeLongerThanConnecting() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.startTls();
        OpenAICompatibleBackend backend =
            TestConfig.of(upstream.uri())
                .caCertificate(upstream.certificatePem())
                .connectTimeout(Duration.ofSeconds(2))
                .open()) {
      upstream.onRequest(
          _ -> {
            try {
              assertThat(new CountDownLatch(1).await(2_500, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException closed) {
              Thread.currentThread().interrupt();
            }
            return Scripts.STREAM;
          });
      assertThat(Pulling.textOf(stream(backend))).isEqualTo("Hello");
    }
  }

  @Test
  void aCertificateForAnotherHost() {
    try (ScriptedUpstream upstream = ScriptedUpstream.startTls();
        OpenAICompatibleBackend backend =
            TestConfig.of("https://other.example:" + upstream.port())
                .caCertificate(upstream.certificatePem())
                .open(_ -> List.of(InetAddress.getLoopbackAddress()))) {
      assertFails(backend, ErrorKind.UNREACHABLE, "another host");
    }
  }

  @Test
  void tlsWithAServerThatHasNone() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start();
        OpenAICompatibleBackend backend =
            TestConfig.of("https://127.0.0.1:" + upstream.port()).open()) {
      assertFails(backend, ErrorKind.UNREACHABLE, "TLS failed", "https");
    }
  }

  @Test
  void aServerThatDoesNotSpeakHttp() {
    Script garbage = Script.of(new Step.SendRaw("SSH-2.0-OpenSSH_9.6\r\n"));
    try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(_ -> garbage);
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      assertFails(backend, ErrorKind.UPSTREAM_FAILURE, "did not answer in HTTP", "base_url");
      assertThat(upstream.requestCount()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    try (ScriptedUpstream upstream = ScriptedUpstream.start();
        ScriptedUpstream elsewhere = ScriptedUpstream.start();
        OpenAICompatibleBackend backend =
            TestConfig.of(upstream.uri()).apiKey("secret-key-1").open()) {
      upstream.onRequest(
          _ ->
              Script.bytes(status, "text/plain", new byte[0])
                  .withHeader("Location", elsewhere.uri("/v1/chat/completions").toString()));
      assertFails(
          backend, ErrorKind.UPSTREAM_FAILURE, "redirects", String.valueOf(status), "base_url");
      assertThat(elsewhere.connectionsAccepted()).isZero();
    }
  }
}
