package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.javalin.config.JettyConfig;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// Sets up the HTTP server below Javalin.
///
/// Its own few threads accept and select; each request has a virtual thread. There is HTTP/1.1
/// only: `Upgrade: h2c`, which the JDK's client adds to every POST, is ignored because nobody
/// answers it.
final class JettySetup {
  private static final int MAX_THREADS = 200;
  private static final int MIN_THREADS = 8;
  private static final int ACCEPT_QUEUE = 4096;
  private static final int OUTPUT_BUFFER = 8192;
  private static final int OUTPUT_AGGREGATION = 1024;

  /// Requests that are no calls: probes must be answered when all places are taken.
  private static final int PLACES_FOR_OPERATIONS = 256;

  /// After the calls have ended, for what else is under way.
  private static final long STOP_MILLIS = 2_000;

  private static final long IDLE_WHEN_STOPPING_MILLIS = 100;

  private final ServerConfig config;
  private final Timings timings;

  JettySetup(ServerConfig config, Timings timings) {
    this.config = config;
    this.timings = timings;
  }

  void apply(JettyConfig jetty, EdgeHandler edge) {
    jetty.threadPool = threads();
    jetty.addConnector((server, _) -> connector(server));
    jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.setErrorHandler(new ConnectionErrorHandler());
          server.insertHandler(new GracefulHandler());
          server.insertHandler(edge);
        });
    jetty.modifyServletContextHandler(
        context -> {
          context.setErrorHandler(new ConnectionErrorHandler());
          // Paths are matched as they were sent; "%2F" is part of a name and separates nothing.
          context.getServletHandler().setDecodeAmbiguousURIs(true);
        });
  }

  private QueuedThreadPool threads() {
    VirtualThreadPool virtual = new VirtualThreadPool();
    virtual.setName("request");
    virtual.setMaxConcurrentTasks(config.maxConcurrentRequests() + PLACES_FOR_OPERATIONS);
    QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    pool.setName("http");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(virtual);
    return pool;
  }

  private ServerConnector connector(Server server) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // The cache of a connection ignores case, so that "Bearer KEY" would pass as "Bearer key", and
    // it
    // keeps credentials longer than their call.
    http.setHeaderCacheSize(0);
    http.setOutputBufferSize(OUTPUT_BUFFER);
    http.setOutputAggregationSize(OUTPUT_AGGREGATION);
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "gateway",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    // One thread accepts and one selects; only a connector with the former can stop listening
    // early.
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(timings.idle().toMillis());
    connector.setShutdownIdleTimeout(IDLE_WHEN_STOPPING_MILLIS);
    connector.addBean(new SlowHeaders(connector, timings.headers()));
    return connector;
  }
}
