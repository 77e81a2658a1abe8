package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/// A server with TLS that stands for all of the public internet: every host has a public address,
/// unless a test gives it others, and whatever may be connected to leads here. Its certificate is
/// for `localhost`.
final class ImageServer implements AutoCloseable {
  static final String ADDRESS = "https://localhost/cat.png";
  static final byte[] PNG = "\u0089PNG\r\n\u001a\nrest".getBytes(StandardCharsets.ISO_8859_1);
  private static final String PUBLIC = "8.8.4.4";

  private final ScriptedUpstream server = ScriptedUpstream.startTls();
  private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
  private final List<String> lookups = new CopyOnWriteArrayList<>();
  private final List<String> connected = new CopyOnWriteArrayList<>();

  static Script picture(String type, byte[] bytes) {
    return Script.bytes(200, type, bytes);
  }

  static Script redirect(int status, String location) {
    return Script.json(status, "{}").withHeader("Location", location);
  }

  ScriptedUpstream server() {
    return server;
  }

  /// Gives a host addresses of its own.
  ImageServer with(String host, String... its) {
    addresses.put(host, List.of(its));
    return this;
  }

  /// The hosts that were looked up, in order.
  List<String> lookups() {
    return lookups;
  }

  /// The addresses that were connected to, in order.
  List<String> connected() {
    return connected;
  }

  /// Prepares a client as in production, but for the resolver, the certificate and the last step of
  /// the way.
  void network(OkHttpClient.Builder client) {
    X509TrustManager trust = trust();
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new X509TrustManager[] {trust}, null);
      client.sslSocketFactory(tls.getSocketFactory(), trust);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
    client.dns(new PublicHosts(this::lookup)).socketFactory(new PublicSockets(this::way));
  }

  private List<InetAddress> lookup(String host) throws UnknownHostException {
    lookups.add(host);
    List<String> found = addresses.getOrDefault(host, List.of(PUBLIC));
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return found.stream().map(InetAddress::ofLiteral).toList();
  }

  private InetSocketAddress way(InetSocketAddress address) {
    connected.add(address.getAddress().getHostAddress());
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  private X509TrustManager trust() {
    try (InputStream pem = Files.newInputStream(server.certificatePem())) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
