package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.CallContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/// The HTTP client of one backend with its pool of connections. Thread-safe.
final class BedrockClient implements AutoCloseable {
  static final MediaType JSON = MediaType.get("application/json");
  static final String USER_AGENT = "agentic-primitives-gateway";
  private static final int IDLE_CONNECTIONS = 256;
  private static final Duration IDLE_TIME = Duration.ofMinutes(1);

  private final ConnectionPool pool =
      new ConnectionPool(IDLE_CONNECTIONS, IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS);
  private final OkHttpClient client;
  private final RequestSigner signer;
  private volatile boolean closed;

  BedrockClient(Duration connectTimeout, Clock clock) {
    HttpThreads.endWhenIdle();
    this.signer = new RequestSigner(clock);
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(connectTimeout)
            // The gateway enforces the deadlines of calls by cancelling them.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // A signature is good for one host.
            .followRedirects(false)
            // Over HTTP/2 all streams of a backend would share one connection and its windows.
            .protocols(List.of(Protocol.HTTP_1_1))
            .socketFactory(new UndelayedSockets())
            .eventListenerFactory(call -> ConnectionTrace.of(call.request()))
            .addInterceptor(new UntimedBodies())
            .addInterceptor(new StaleConnections(pool))
            .connectionPool(pool)
            .build();
  }

  /// A POST of JSON with the identity's proof, ready to be executed.
  ///
  /// @param accept the content type of the answer that is wanted
  /// @param region that signatures are for
  Call post(
      HttpUrl url, byte[] body, String accept, Identity identity, String region, CallContext call) {
    Request.Builder request = request(url, accept, call).post(new SentOnce(body));
    prove(request, "POST", url, body, identity, region);
    return client.newCall(request.build());
  }

  /// A GET with the identity's proof, ready to be executed.
  Call get(HttpUrl url, Identity identity, String region, CallContext call) {
    Request.Builder request = request(url, JSON.toString(), call).get();
    prove(request, "GET", url, new byte[0], identity, region);
    return client.newCall(request.build());
  }

  private static Request.Builder request(HttpUrl url, String accept, CallContext call) {
    return new Request.Builder()
        .url(url)
        .tag(ConnectionTrace.class, new ConnectionTrace())
        .header("User-Agent", USER_AGENT)
        .header("Accept", accept)
        // Compression would hold back the events of a stream.
        .header("Accept-Encoding", "identity")
        .header("X-Client-Request-Id", call.requestId());
  }

  private void prove(
      Request.Builder request,
      String method,
      HttpUrl url,
      byte[] body,
      Identity identity,
      String region) {
    switch (identity) {
      case Identity.Keys keys ->
          signer.sign(request, method, url, body, keys.credentials(), region);
      case Identity.Bearer bearer -> request.header("Authorization", "Bearer " + bearer.token());
    }
  }

  /// See [RequestSigner#correct].
  boolean correctClock(String signedTime, Instant upstreamTime) {
    return signer.correct(signedTime, upstreamTime);
  }

  /// Leaves the connection of a response that is done with to the next call, as soon as the rest of
  /// its body, which is next to nothing, was read; or closes it if there is more. It waits for
  /// that.
  void release(Response response) {
    ResponseEnd.finish(response);
    if (closed) {
      pool.evictAll();
    }
  }

  @Override
  public void close() {
    closed = true;
    pool.evictAll();
  }

  /// A completion costs money and is not to be asked for twice: the HTTP library must not repeat it
  /// by itself, which it does after some failures and statuses (408, 503).
  private static final class SentOnce extends RequestBody {
    private final byte[] body;

    SentOnce(byte[] body) {
      this.body = body;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return body.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(body);
    }
  }
}
