package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Certificates that an upstream is trusted by: those of the JDK, and an operator's own.
final class TrustedCertificates {
  private final X509TrustManager manager;

  private TrustedCertificates(X509TrustManager manager) {
    this.manager = manager;
  }

  /// Those of the JDK alone.
  static TrustedCertificates usual() {
    try {
      return new TrustedCertificates(managerOf(null));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("The JDK's certificates cannot be read", broken);
    }
  }

  /// @param pem a file with at least one certificate
  /// @throws IllegalArgumentException if it cannot be used, with a message for the operator
  static TrustedCertificates from(Path pem) {
    try (InputStream file = Files.newInputStream(pem)) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(file);
      if (own.isEmpty()) {
        throw new IllegalArgumentException("ca_certificate: " + pem + " holds no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (X509Certificate usual : managerOf(null).getAcceptedIssuers()) {
        store.setCertificateEntry("usual-" + count++, usual);
      }
      for (Certificate certificate : own) {
        store.setCertificateEntry("own-" + count++, certificate);
      }
      return new TrustedCertificates(managerOf(store));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "ca_certificate: the file " + pem + " cannot be read", unreadable);
    } catch (GeneralSecurityException broken) {
      throw new IllegalArgumentException(
          "ca_certificate: " + pem + " is not a file of PEM certificates", broken);
    }
  }

  private static X509TrustManager managerOf(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("The JDK has no trust manager for X.509");
  }

  X509TrustManager manager() {
    return manager;
  }

  SSLSocketFactory sockets() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has no TLS", impossible);
    }
  }
}
