package io.agenticprimitives.gateway.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.agenticprimitives.gateway.core.config.LoggingConfig;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Makes the log as the configuration wants it. Until then it is text, from INFO on.
///
/// Only the gateway's own levels can be chosen: other libraries write headers and addresses into
/// their finer levels.
public final class LoggingSetup {
  private static final Logger log = LoggerFactory.getLogger(LoggingSetup.class);

  private LoggingSetup() {}

  /// Puts a configuration into effect. Not thread-safe; meant for the start.
  public static void apply(LoggingConfig config) {
    configure(resource(config.format()), level(config.level()));
  }

  /// Changes from which level on is logged, at any time.
  public static void changeLevel(LoggingConfig.Level level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    for (String name : List.of("io.agenticprimitives", "gateway.calls")) {
      context.getLogger(name).setLevel(Level.toLevel(level(level)));
    }
  }

  /// Leaves the terminal to a command that prints what it finds. Only errors are logged.
  public static void keepOutOfTheWay() {
    configure(resource(LoggingConfig.Format.TEXT), "ERROR");
  }

  private static void configure(URL resource, String level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("gateway.level", level);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(resource);
    } catch (JoranException failure) {
      throw new IllegalStateException("The log cannot be set up", failure);
    }
    takeOver();
  }

  /// What libraries write with the JDK's own log, and what ends a thread, are lines of this log.
  private static void takeOver() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    ExitNotice.install();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> log.error("Thread {} failed", thread.getName(), failure));
  }

  private static URL resource(LoggingConfig.Format format) {
    String name =
        switch (format) {
          case TEXT -> "/logback.xml";
          case JSON -> "/logback-json.xml";
        };
    return Objects.requireNonNull(LoggingSetup.class.getResource(name));
  }

  private static String level(LoggingConfig.Level level) {
    return switch (level) {
      case TRACE, DEBUG, INFO, ERROR -> level.name();
      case WARNING -> "WARN";
    };
  }
}
