package io.agenticprimitives.gateway.provider.bedrock;

import java.util.function.UnaryOperator;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/// How the hosts of the public internet, and no others, are found and connected to.
final class PublicInternet {
  private PublicInternet() {}

  /// Lets a client see nothing else.
  static void use(OkHttpClient.Builder client) {
    client
        .dns(new PublicHosts(Dns.SYSTEM))
        .socketFactory(new PublicSockets(UnaryOperator.identity()));
  }
}
