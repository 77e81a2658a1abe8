package io.agenticprimitives.gateway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A self-signed certificate for `localhost` and 127.0.0.1 with its key. The JDK can make one only
/// by its `keytool`, which takes about a second; one per JVM is therefore shared by all servers.
/// Only the certificate stays on disk, per server, until [#close()].
final class TestCertificate implements AutoCloseable {
  private static final String ALIAS = "upstream";
  private static final int KEYTOOL_SECONDS = 60;
  private static @Nullable KeyMaterial shared;

  private final Path directory;
  private final Path pem;
  private final SSLSocketFactory serverSockets;

  private record KeyMaterial(Certificate certificate, SSLSocketFactory serverSockets) {}

  TestCertificate() throws IOException {
    KeyMaterial material = material();
    serverSockets = material.serverSockets();
    directory = Files.createTempDirectory("scripted-upstream");
    pem = Files.writeString(directory.resolve("certificate.pem"), pem(material.certificate()));
  }

  /// Makes sockets that present the certificate.
  SSLSocketFactory serverSockets() {
    return serverSockets;
  }

  Path pem() {
    return pem;
  }

  @Override
  public void close() throws IOException {
    delete(directory);
  }

  private static synchronized KeyMaterial material() throws IOException {
    if (shared == null) {
      shared = generate();
    }
    return shared;
  }

  private static KeyMaterial generate() throws IOException {
    Path directory = Files.createTempDirectory("scripted-upstream-key");
    try {
      char[] password = UUID.randomUUID().toString().toCharArray();
      Path file = directory.resolve("key.p12");
      runKeytool(directory, file, new String(password));
      return load(file, password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot use the certificate it made itself", e);
    } finally {
      delete(directory);
    }
  }

  private static KeyMaterial load(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new KeyMaterial(store.getCertificate(ALIAS), context.getSocketFactory());
  }

  private static void runKeytool(Path directory, Path keystore, String password)
      throws IOException {
    Path output = directory.resolve("keytool.txt");
    Process process =
        new ProcessBuilder(arguments(keystore, password))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool made no certificate: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool was running", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /// The start date lies back a little for clients whose clock is late.
  private static List<String> arguments(Path keystore, String password) {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    return List.of(
        keytool,
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-startdate",
        "-1H",
        "-validity",
        "30",
        "-storetype",
        "PKCS12",
        "-keystore",
        keystore.toString(),
        "-storepass",
        password);
  }

  private static String pem(Certificate certificate) throws IOException {
    try {
      Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
      return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
          .formatted(lines.encodeToString(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate cannot be encoded", e);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
