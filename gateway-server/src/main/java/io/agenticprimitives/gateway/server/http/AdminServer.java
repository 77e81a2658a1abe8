package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.AdminConfig;
import io.agenticprimitives.gateway.core.config.CorsConfig;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.javalin.Javalin;
import java.util.List;

/// The routes for operators on a port of their own.
final class AdminServer {
  private static final int MOST_REQUESTS = 16;
  private static final CorsPolicy NO_PAGES = new CorsPolicy(new CorsConfig(List.of()));

  private final Javalin javalin;

  private AdminServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /// @throws ServerStartException if it cannot listen
  static AdminServer start(AdminConfig admin, int port, AdminRoutes routes, Timings timings) {
    ServerConfig address = address(admin, port);
    EdgeHandler edge = new EdgeHandler(() -> NO_PAGES, () -> false);
    Javalin javalin =
        Javalin.create(
            config -> {
              GatewayServer.configure(config);
              new JettySetup(address, timings).apply(config.jetty, edge);
              routes.apply(config.routes);
              Routes.answerFailures(config.routes);
            });
    try {
      javalin.start();
      return new AdminServer(javalin);
    } catch (RuntimeException failure) {
      GatewayServer.stop(javalin);
      throw ServerStartException.of(address, failure);
    }
  }

  private static ServerConfig address(AdminConfig admin, int port) {
    ServerConfig usual = ServerConfig.DEFAULT;
    return usual.listeningAt(admin.host(), port).limitedTo(usual.maxRequestSize(), MOST_REQUESTS);
  }

  int port() {
    return javalin.port();
  }

  void stop() {
    GatewayServer.stop(javalin);
  }
}
