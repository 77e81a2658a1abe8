package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/// The HTTP client of one backend with its pool of connections. Thread-safe.
///
/// It speaks HTTP/1.1: a call has its connection to itself, so that calls neither wait for each
/// other nor hand their bytes from thread to thread, and cancelling one closes its connection.
final class UpstreamClient implements AutoCloseable {
  private static final String JSON = "application/json";

  private final RequestHeaders headers;
  private final HttpUrl completions;
  private final HttpUrl embeddings;
  private final HttpUrl models;
  private final ConnectionPool pool;
  private final OkHttpClient client;
  private volatile boolean closed;

  UpstreamClient(OpenAICompatibleConfig config, Duration connectTimeout) {
    this(config, connectTimeout, Dns.SYSTEM);
  }

  /// @param resolver looks up the addresses of hosts
  UpstreamClient(OpenAICompatibleConfig config, Duration connectTimeout, Dns resolver) {
    HttpThreads.endWhenIdle();
    this.headers = new RequestHeaders(config);
    this.completions = config.base().completions();
    this.embeddings = config.base().embeddings();
    this.models = config.base().models();
    this.pool =
        new ConnectionPool(
            config.maxIdleConnections(),
            config.idleConnectionTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
    this.client = client(config, connectTimeout, new HostLookup(resolver, connectTimeout), pool);
  }

  private static OkHttpClient client(
      OpenAICompatibleConfig config, Duration connectTimeout, Dns hosts, ConnectionPool pool) {
    TrustedCertificates trusted =
        config.caCertificate().map(TrustedCertificates::from).orElseGet(TrustedCertificates::usual);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(connectTimeout)
            // The gateway enforces the deadlines of calls by cancelling them.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // A redirected POST would lose its body or show its key to another host.
            .followRedirects(false)
            .addInterceptor(new UntimedBodies())
            .dns(hosts)
            .socketFactory(new UndelayedSockets())
            .sslSocketFactory(
                new BoundedHandshakes(trusted.sockets(), connectTimeout), trusted.manager())
            .connectionPool(pool);
    config.proxy().map(ProxyAddress::parse).ifPresent(proxy -> use(proxy, builder));
    return builder.build();
  }

  private static void use(ProxyAddress proxy, OkHttpClient.Builder builder) {
    builder.proxy(proxy.proxy());
    proxy
        .credentials()
        .ifPresent(
            credentials ->
                builder.proxyAuthenticator(
                    (_, response) -> {
                      Request asked = response.request();
                      boolean refused = asked.header("Proxy-Authorization") != null;
                      return refused
                          ? null
                          : asked
                              .newBuilder()
                              .header("Proxy-Authorization", credentials.value())
                              .build();
                    }));
  }

  /// A completion, ready to be executed.
  Call completion(EncodedRequest body, boolean streamed, CallContext call) {
    String accept = streamed ? "text/event-stream, " + JSON : JSON;
    return client.newCall(
        request(completions, headers.forCall(call, accept)).post(body.toBody()).build());
  }

  /// Embeddings, ready to be executed.
  Call embeddings(EncodedRequest body, CallContext call) {
    return client.newCall(
        request(embeddings, headers.forCall(call, JSON)).post(body.toBody()).build());
  }

  /// The list of models, ready to be executed.
  Call models(CallContext call) {
    return client.newCall(request(models, headers.forCall(call, JSON)).build());
  }

  private static Request.Builder request(HttpUrl url, Headers headers) {
    return new Request.Builder().url(url).headers(headers);
  }

  void closeIdleConnections() {
    pool.evictAll();
  }

  /// Reads what is left of an answer that is done with, for a short time, and gives its connection
  /// to the next call, or closes it if there is more.
  ///
  /// @param trace of the call
  void release(Response response, ConnectionTrace trace) {
    ResponseEnd.finish(response, trace);
    if (closed) {
      pool.evictAll();
    }
  }

  @Override
  public void close() {
    closed = true;
    pool.evictAll();
  }
}
