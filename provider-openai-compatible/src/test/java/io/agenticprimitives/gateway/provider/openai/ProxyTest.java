package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A proxy on the way.
class ProxyTest {
  private ScriptedUpstream proxy;

  @BeforeEach
  void start() {
    proxy = ScriptedUpstream.start();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private TestConfig through(String baseUrl, String userInfo) {
    return TestConfig.of(baseUrl).proxy("http://" + userInfo + "127.0.0.1:" + proxy.port());
  }

  @Test
  void plainRequestsGoToTheProxyWithItsCredentials() {
    proxy.onRequest(_ -> Scripts.STREAM);
    try (OpenAICompatibleBackend backend =
        through("http://upstream.example:81", "user:pa%20ss@").apiKey("key-1").open()) {
      assertThat(Pulling.textOf(backend.stream(TestRequest.streamed().request(), TestCall.plain())))
          .isEqualTo("Hello");
    }
    RecordedRequest request = proxy.takeRequest(Pulling.AT_MOST);
    assertThat(request.target()).isEqualTo("http://upstream.example:81/v1/chat/completions");
    assertThat(request.headers("Proxy-Authorization")).containsExactly("Basic dXNlcjpwYSBzcw==");
    assertThat(request.headers("Host")).containsExactly("upstream.example:81");
    assertThat(request.headers("Authorization")).containsExactly("Bearer key-1");
  }

  @Test
  void encryptedOnesAskForATunnelAndKeepTheKeyInside() {
    proxy.onRequest(_ -> Script.bytes(403, "text/plain", new byte[0]));
    try (OpenAICompatibleBackend backend =
        through("https://upstream.example", "user:pass@").apiKey("key-1").open()) {
      BackendException failure =
          Pulling.failureOf(backend.stream(TestRequest.streamed().request(), TestCall.plain()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(failure.message()).contains("'mine'", "proxy");
    }
    RecordedRequest request = proxy.takeRequest(Pulling.AT_MOST);
    assertThat(request.method()).isEqualTo("CONNECT");
    assertThat(request.target()).isEqualTo("upstream.example:443");
    assertThat(request.headers("Proxy-Authorization")).containsExactly("Basic dXNlcjpwYXNz");
    assertThat(request.header("Authorization")).isEmpty();
  }

  @Test
  void aProxyThatRefusesTheCredentialsIsTheOperatorsFault() {
    proxy.onRequest(
        _ ->
            Script.bytes(407, "text/plain", new byte[0])
                .withHeader("Proxy-Authenticate", "Basic realm=\"x\""));
    for (String baseUrl : new String[] {"https://upstream.example", "http://upstream.example"}) {
      try (OpenAICompatibleBackend backend = through(baseUrl, "user:wrong-pass@").open()) {
        BackendException failure =
            Pulling.failureOf(backend.stream(TestRequest.streamed().request(), TestCall.plain()));
        assertThat(failure.kind().httpStatus()).isEqualTo(502);
        assertThat(failure.message()).contains("proxy").doesNotContain("wrong-pass");
      }
    }
  }
}
