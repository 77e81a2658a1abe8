package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final Duration LONG = Duration.ofSeconds(5);

  private final ScriptedUpstream upstream = ScriptedUpstream.startTls();

  @AfterEach
  void close() {
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void aClientThatTrustsTheCertificateReachesTheServerByAddressAndByName(String host)
      throws Exception {
    upstream.enqueue(Script.json(200, "{}"), Script.sse("x"));
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      HttpRequest request =
          HttpRequest.newBuilder()
              .uri(URI.create("https://" + host + ":" + upstream.port()))
              .POST(HttpRequest.BodyPublishers.ofString("hello"))
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{}");
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("data: x\n\n");
    }
    assertThat(upstream.takeRequest(LONG).bodyText()).isEqualTo("hello");
    assertThat(upstream.takeRequest(LONG).connection()).isEqualTo(1);
    assertThat(upstream.failures()).isEmpty();
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateFailsAndTheServerSaysSo() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(upstream.uri("/")).build();

      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
    upstream.awaitConnectionsOpen(0, LONG);
    assertThat(upstream.failures())
        .singleElement()
        .asString()
        .contains("TLS handshake on connection 1 failed", "certificatePem()");
  }

  @Test
  void aClientThatSpeaksPlainHttpIsRefusedAndTheServerSaysSo() throws IOException {
    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readToEnd();
      upstream.awaitConnectionsOpen(0, LONG);
    }
    assertThat(upstream.failures())
        .singleElement()
        .asString()
        .contains("TLS handshake on connection 1 failed", "https://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void closeEndsTheTlsStreamInOrder(String protocol) throws Exception {
    upstream.enqueue(Script.sseUnfinished("cut").then(new Step.Close()));

    try (RawClient client = tlsClient(protocol)) {
      assertThat(client.get("/").readToEnd()).endsWith("data: cut\n\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void resetIsSeenAsConnectionReset(String protocol) throws Exception {
    Gate gate = new Gate();
    upstream.enqueue(Script.sseUnfinished("cut").then(new Step.AwaitGate(gate), new Step.Reset()));

    try (RawClient client = tlsClient(protocol)) {
      client.get("/").readUntil("data: cut\n\n\r\n");
      gate.open();
      assertThatThrownBy(client::readToEnd)
          .isInstanceOf(SocketException.class)
          .hasMessage("Connection reset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClosingPeerIsNoticedWithin100MillisecondsWhileStalled(String protocol) throws Exception {
    upstream.enqueue(Script.of(new Step.Stall()));
    RawClient client = tlsClient(protocol).get("/");
    RecordedRequest request = upstream.takeRequest(LONG);

    client.close();

    assertThat(request.awaitPeerClosed(LONG)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void closingTheServerDeletesTheCertificateFile() {
    Path pem = upstream.certificatePem();
    assertThat(pem).content().startsWith("-----BEGIN CERTIFICATE-----\n");

    upstream.close();

    assertThat(pem.getParent()).doesNotExist();
  }

  @Test
  void aServerWithoutTlsHasNoCertificate() {
    try (ScriptedUpstream plain = ScriptedUpstream.start()) {
      assertThatThrownBy(plain::certificatePem)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("startTls()");
    }
  }

  private RawClient tlsClient(String protocol) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), upstream.port());
    socket.setEnabledProtocols(new String[] {protocol});
    socket.startHandshake();
    return new RawClient(socket);
  }

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(upstream.certificatePem())) {
      trusted.setCertificateEntry(
          "upstream", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
