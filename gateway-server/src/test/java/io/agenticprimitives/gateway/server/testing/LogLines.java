package io.agenticprimitives.gateway.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// Listens to a logger.
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger;
  private final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();

  private LogLines(Logger logger) {
    this.logger = logger;
  }

  /// Starts to listen.
  public static LogLines of(String name) {
    LogLines lines = new LogLines((Logger) LoggerFactory.getLogger(name));
    lines.setContext(lines.logger.getLoggerContext());
    lines.start();
    lines.logger.addAppender(lines);
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /// The next line; it is waited for.
  public ILoggingEvent next() throws InterruptedException {
    ILoggingEvent event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("a line in the log").isNotNull();
    return Objects.requireNonNull(event);
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }

  /// Makes the log what it is for tests, after a test has set it up as it is for operators.
  public static void restoreSetup() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(
          Objects.requireNonNull(LogLines.class.getResource("/logback-test.xml")));
    } catch (JoranException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
