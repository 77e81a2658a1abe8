package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.AdminConfig;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.agenticprimitives.gateway.server.metrics.GatewayMetrics;
import io.agenticprimitives.gateway.server.output.KeepAliveTimer;
import io.agenticprimitives.gateway.server.reload.Reloader;
import io.agenticprimitives.gateway.server.tracing.Tracing;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateway's HTTP server.
public final class GatewayServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

  /// How long calls have to tell their callers that the server stops.
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final LiveSettings settings;
  private final ActiveCalls calls;
  private final ClientWatcher watcher = new ClientWatcher();
  private final KeepAliveTimer keepAlive = new KeepAliveTimer();
  private final Optional<AdminRoutes> adminRoutes;
  private final Timings timings;
  private final GatewayMetrics metrics;
  private final @Nullable Tracing tracing;
  private final Javalin javalin;
  private @Nullable AdminServer admin;
  private int port;

  private GatewayServer(
      LiveSettings settings,
      Supplier<Gateway> gateway,
      Timings timings,
      Optional<Reloader> reloader) {
    GatewayConfig config = settings.first();
    ServerConfig server = config.server();
    this.settings = settings;
    this.timings = timings;
    this.calls = new ActiveCalls(server.maxConcurrentRequests());
    this.metrics = new GatewayMetrics(gateway, calls::count);
    this.tracing = Tracing.open(config.tracing(), System.getenv(), gateway).orElse(null);
    RequestBody body = new RequestBody(server.maxRequestSize(), timings);
    ServingState state =
        new ServingState(calls::isStopping, () -> reloader.flatMap(Reloader::fault));
    AdminAccess access = new AdminAccess(config.admin().key());
    this.adminRoutes = reloader.map(r -> new AdminRoutes(access, r, state, body));
    Routes routes =
        new Routes(
            settings,
            new OperationsRoutes(gateway, settings, state),
            new LlmCalls(settings, gateway, calls, watcher, keepAlive, body, metrics, tracing),
            adminRoutes.filter(_ -> config.admin().isOnMainPort()));
    EdgeHandler edge = new EdgeHandler(settings::cors, calls::isStopping);
    this.javalin =
        Javalin.create(
            javalinConfig -> {
              configure(javalinConfig);
              new JettySetup(server, timings).apply(javalinConfig.jetty, edge);
              routes.apply(javalinConfig.routes);
            });
  }

  /// What all servers of the gateway have in common.
  static void configure(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.concurrency.useVirtualThreads = false;
    javalin.http.compressionStrategy = CompressionStrategy.NONE;
    javalin.http.prefer405over404 = true;
    javalin.router.javaLangErrorHandler(Routes::answerError);
  }

  /// Starts the server of a gateway that can be reloaded, with the routes for operators if they are
  /// configured.
  ///
  /// @throws ServerStartException if the server cannot listen; its message is for the operator
  public static GatewayServer start(LiveSettings settings, Reloader reloader) {
    return start(
        new GatewayServer(settings, reloader::gateway, Timings.DEFAULT, Optional.of(reloader)));
  }

  /// Starts a server.
  ///
  /// @param gateway the one that serves now; asked for once per request
  /// @throws ServerStartException if the server cannot listen; its message is for the operator
  static GatewayServer start(GatewayConfig config, Supplier<Gateway> gateway, Timings timings) {
    return start(new GatewayServer(new LiveSettings(config), gateway, timings, Optional.empty()));
  }

  private static GatewayServer start(GatewayServer server) {
    try {
      server.listen();
      return server;
    } catch (RuntimeException failure) {
      server.release();
      throw failure instanceof ServerStartException told
          ? told
          : ServerStartException.of(server.settings.first().server(), failure);
    }
  }

  private void listen() {
    javalin.start();
    port = javalin.port();
    AdminConfig config = settings.first().admin();
    if (adminRoutes.isPresent() && config.port().isPresent()) {
      admin = AdminServer.start(config, config.port().get(), adminRoutes.get(), timings);
    }
  }

  /// The port of its own that operators' routes are on, if there is one.
  public OptionalInt adminPort() {
    AdminServer own = admin;
    return own == null ? OptionalInt.empty() : OptionalInt.of(own.port());
  }

  /// The port that it listens on.
  public int port() {
    return port;
  }

  /// Stops: no more connections and calls, `/readyz` says so, and calls under way may run on for as
  /// long as the configuration allows. Then those that are left end, each telling its caller.
  ///
  /// @return whether all calls ended by themselves
  public boolean stop() throws InterruptedException {
    calls.stopEntering();
    connectors().forEach(ServerConnector::close);
    boolean drained = calls.awaitNone(settings.server().stopTimeout());
    if (!drained) {
      calls.endAll();
      calls.awaitNone(FAREWELL);
    }
    release();
    return drained;
  }

  private List<ServerConnector> connectors() {
    Connector[] all = javalin.jettyServer().server().getConnectors();
    return Arrays.stream(all).map(ServerConnector.class::cast).toList();
  }

  /// Stops without waiting for calls.
  @Override
  public void close() {
    calls.stopEntering();
    calls.endAll();
    release();
  }

  private void release() {
    stop(javalin);
    AdminServer own = admin;
    if (own != null) {
      own.stop();
    }
    watcher.close();
    keepAlive.close();
    metrics.close();
    if (tracing != null) {
      tracing.close();
    }
  }

  static void stop(Javalin javalin) {
    try {
      javalin.stop();
    } catch (JavalinException late) {
      // It has stopped all the same; some connection was not closed by its caller in time.
      log.debug("Stopping took its whole time", late);
    }
  }
}
