package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.agenticprimitives.gateway.server.metrics.GatewayMetrics;
import io.agenticprimitives.gateway.server.output.KeepAliveTimer;
import io.agenticprimitives.gateway.server.tracing.Tracing;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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

  private final Duration stopTimeout;
  private final ActiveCalls calls;
  private final ClientWatcher watcher = new ClientWatcher();
  private final KeepAliveTimer keepAlive = new KeepAliveTimer();
  private final GatewayMetrics metrics;
  private final @Nullable Tracing tracing;
  private final Javalin javalin;
  private int port;

  private GatewayServer(GatewayConfig config, Supplier<Gateway> gateway, Timings timings) {
    ServerConfig server = config.server();
    this.stopTimeout = server.stopTimeout();
    this.calls = new ActiveCalls(server.maxConcurrentRequests());
    this.metrics = new GatewayMetrics(gateway, calls::count);
    this.tracing = Tracing.open(config.tracing(), System.getenv(), gateway).orElse(null);
    Authentication authentication = new Authentication(config.auth());
    RequestBody body = new RequestBody(server.maxRequestSize(), timings);
    Routes routes =
        new Routes(
            authentication,
            new OperationsRoutes(gateway, authentication, calls::isStopping),
            new LlmCalls(server, gateway, calls, watcher, keepAlive, body, metrics, tracing));
    EdgeHandler edge = new EdgeHandler(new CorsPolicy(config.cors()), calls::isStopping);
    this.javalin =
        Javalin.create(
            javalinConfig -> {
              configure(javalinConfig);
              new JettySetup(server, timings).apply(javalinConfig.jetty, edge);
              routes.apply(javalinConfig.routes);
            });
  }

  private static void configure(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.concurrency.useVirtualThreads = false;
    javalin.http.compressionStrategy = CompressionStrategy.NONE;
    javalin.http.prefer405over404 = true;
    javalin.router.javaLangErrorHandler(Routes::answerError);
  }

  /// Starts a server with the usual [Timings].
  ///
  /// @param gateway the one that serves now; asked for once per request
  /// @throws ServerStartException if the server cannot listen; its message is for the operator
  public static GatewayServer start(GatewayConfig config, Supplier<Gateway> gateway) {
    return start(config, gateway, Timings.DEFAULT);
  }

  /// Starts a server.
  ///
  /// @param gateway the one that serves now; asked for once per request
  /// @throws ServerStartException if the server cannot listen; its message is for the operator
  public static GatewayServer start(
      GatewayConfig config, Supplier<Gateway> gateway, Timings timings) {
    GatewayServer server = new GatewayServer(config, gateway, timings);
    try {
      server.javalin.start();
      server.port = server.javalin.port();
      return server;
    } catch (RuntimeException failure) {
      server.release();
      throw ServerStartException.of(config.server(), failure);
    }
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
    connectors().forEach(ServerConnector::close);
    calls.stopEntering();
    boolean drained = calls.awaitNone(stopTimeout);
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
    try {
      javalin.stop();
    } catch (JavalinException late) {
      // It has stopped all the same; some connection was not closed by its caller in time.
      log.debug("Stopping took its whole time", late);
    }
    watcher.close();
    keepAlive.close();
    metrics.close();
    if (tracing != null) {
      tracing.close();
    }
  }
}
