package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.config.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/// The HTTP client of one backend with its pool of connections. Thread-safe.
final class UpstreamClient implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String USER_AGENT = "agentic-primitives-gateway";

  private final OpenAICompatibleConfig config;
  private final OkHttpClient client;

  UpstreamClient(OpenAICompatibleConfig config, Duration connectTimeout) {
    this.config = config;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(connectTimeout)
            // The gateway enforces the deadlines of calls by cancelling them.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // A redirected POST would lose its body or show its key to another host.
            .followRedirects(false)
            .connectionPool(
                new ConnectionPool(
                    config.maxIdleConnections(),
                    config.idleConnectionTimeout().toMillis(),
                    TimeUnit.MILLISECONDS));
    config.proxy().ifPresent(proxy -> setProxy(builder, proxy));
    config.caCertificate().ifPresent(file -> TrustedCertificates.from(file).applyTo(builder));
    this.client = builder.build();
  }

  private static void setProxy(OkHttpClient.Builder builder, Secret address) {
    URI uri = URI.create(address.value());
    builder.proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), uri.getPort())));
    if (uri.getUserInfo() != null) {
      String credentials =
          Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8));
      builder.proxyAuthenticator(
          (_, response) ->
              response.request().header("Proxy-Authorization") != null
                  ? null
                  : response
                      .request()
                      .newBuilder()
                      .header("Proxy-Authorization", "Basic " + credentials)
                      .build());
    }
  }

  /// A POST of JSON, ready to be executed.
  Call post(String path, byte[] body, CallContext call) {
    return client.newCall(request(path, call).post(RequestBody.create(body, JSON)).build());
  }

  /// A GET, ready to be executed.
  Call get(String path, CallContext call) {
    return client.newCall(request(path, call).get().build());
  }

  private Request.Builder request(String path, CallContext call) {
    Request.Builder request =
        new Request.Builder()
            .url(config.route(path).toString())
            .header("User-Agent", USER_AGENT)
            // Compression would hold back the events of a stream.
            .header("Accept-Encoding", "identity")
            .header("X-Client-Request-Id", call.requestId());
    config.organization().ifPresent(name -> request.header("OpenAI-Organization", name));
    config.project().ifPresent(name -> request.header("OpenAI-Project", name));
    config.headers().forEach((name, value) -> request.header(name, value.value()));
    Optional<Secret> key = call.credential("openai", "api_key").or(config::apiKey);
    key.map(Secret::value)
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
