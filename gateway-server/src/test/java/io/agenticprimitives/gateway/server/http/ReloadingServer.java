package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.server.reload.ConfigSource;
import io.agenticprimitives.gateway.server.reload.Reloader;
import io.agenticprimitives.gateway.server.testing.ScriptedPlugin;
import io.agenticprimitives.gateway.server.testing.ScriptedProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A gateway that runs in this process with a configuration file that can be changed. Its backends
/// answer "Hi".
final class ReloadingServer implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String KEY = "reloading-server";

  final Path file;
  final Reloader reloader;
  private final GatewayServer server;

  private record Source(Path path) implements ConfigSource {
    @Override
    public LoadedConfig load(Plugins plugins) {
      return ConfigLoader.load(path, Map.of());
    }

    @Override
    public Optional<Path> file() {
      return Optional.of(path);
    }

    @Override
    public String name() {
      return "gateway.yaml";
    }
  }

  /// @param blocks of the configuration beside `server.port` and one backend named `main`
  ReloadingServer(Path file, String blocks) throws IOException {
    this.file = file;
    System.getProperties()
        .put(KEY, FakeModel.answering(Events.started(), Events.text("Hi"), Events.finished()));
    write("main", blocks);
    Plugins plugins = ScriptedPlugin.load();
    LoadedConfig loaded = ConfigLoader.load(file, Map.of());
    GatewayConfig config =
        loaded.config().orElseThrow(() -> new AssertionError(loaded.problems().report()));
    Gateway gateway = Gateway.open(config, plugins, loaded.problems()).orElseThrow();
    LiveSettings settings = new LiveSettings(config);
    reloader = new Reloader(new Source(file), config, plugins, gateway, settings::adopt);
    server = GatewayServer.start(settings, reloader);
  }

  /// Writes another configuration with one backend.
  void write(String backend, String blocks) throws IOException {
    Files.writeString(
        file,
        """
        server: {port: 0}
        providers: {llm: {default: %1$s, backends: {%1$s: {backend: %2$s, config: {key: %3$s}}}}}
        %4$s
        """
            .formatted(backend, ScriptedProvider.class.getName(), KEY, blocks));
  }

  int port() {
    return server.port();
  }

  int adminPort() {
    return server.adminPort().orElseThrow();
  }

  HttpResponse<String> send(int port, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(port(), "GET", path, "", headers);
  }

  HttpResponse<String> admin(String method, String path, String body) throws Exception {
    return send(adminPort(), method, path, body);
  }

  @Override
  public void close() {
    server.close();
    reloader.close();
    System.getProperties().remove(KEY);
  }
}
