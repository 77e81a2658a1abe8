package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.config.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy between the gateway and the upstream.
///
/// @param host its name or address
/// @param port its port
/// @param credentials the value of `Proxy-Authorization`, if the proxy wants one
record ProxyAddress(String host, int port, Optional<Secret> credentials) {
  private static final int DEFAULT_PORT = 8080;
  private static final String WANTED =
      "proxy must be like http://proxy.example.com:8080 or http://user:password@host:8080";

  /// @throws IllegalArgumentException if it is not the address of a proxy; the message does not
  ///   repeat it, because it may hold a password
  static ProxyAddress parse(Secret address) {
    URI uri = uri(address.value().strip());
    if (uri == null || uri.getHost() == null || !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException(WANTED);
    }
    String path = uri.getRawPath();
    boolean bare = path == null || path.isEmpty() || path.equals("/");
    if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(WANTED + ", without a path");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new ProxyAddress(uri.getHost(), port, credentials(uri.getRawUserInfo()));
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException notAnAddress) {
      return null;
    }
  }

  private static Optional<Secret> credentials(@Nullable String userInfo) {
    if (userInfo == null) {
      return Optional.empty();
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Optional.of(
        new Secret(Credentials.basic(decoded(user), decoded(password), StandardCharsets.UTF_8)));
  }

  /// A plus sign is itself here, other than in a form.
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  Proxy proxy() {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }
}
