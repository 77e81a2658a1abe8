package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.server.testing.ScriptedPlugin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A gateway that runs in this process and listens on a free port.
final class ServerUnderTest implements AutoCloseable {
  static final String COMPLETIONS = "/api/v1/llm/completions";
  static final String STREAM = "/api/v1/llm/completions/stream";
  static final String HELLO = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final AtomicInteger KEYS = new AtomicInteger();

  private final Plugins plugins;
  private final Gateway gateway;
  private final GatewayServer server;

  private ServerUnderTest(Plugins plugins, Gateway gateway, GatewayServer server) {
    this.plugins = plugins;
    this.gateway = gateway;
    this.server = server;
  }

  static ServerUnderTest start(LlmBackend backend) {
    return start(backend, config -> {});
  }

  static ServerUnderTest start(LlmBackend backend, Consumer<TestConfig> settings) {
    return start(Map.of("main", backend), settings);
  }

  /// The first of the backends is the default.
  static ServerUnderTest start(Map<String, LlmBackend> backends, Consumer<TestConfig> settings) {
    TestConfig settled = new TestConfig();
    settings.accept(settled);
    Map<String, String> keys = new LinkedHashMap<>();
    backends.forEach(
        (name, backend) -> {
          String key = "scripted-backend-" + KEYS.incrementAndGet();
          System.getProperties().put(key, backend);
          keys.put(name, key);
        });
    GatewayConfig config = settled.build(keys);
    Plugins plugins = ScriptedPlugin.load();
    Problems problems = new Problems();
    Gateway gateway =
        Gateway.open(config, plugins, problems)
            .orElseThrow(() -> new AssertionError(problems.report()));
    keys.values().forEach(System.getProperties()::remove);
    return new ServerUnderTest(
        plugins, gateway, GatewayServer.start(config, () -> gateway, settled.timings));
  }

  GatewayServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path, headers);
    return CLIENT.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(
        request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  RawConnection connect() throws IOException {
    return new RawConnection(port());
  }

  @Override
  public void close() {
    server.close();
    gateway.close();
    plugins.close();
  }
}
