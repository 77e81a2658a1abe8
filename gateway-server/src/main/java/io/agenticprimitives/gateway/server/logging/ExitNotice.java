package io.agenticprimitives.gateway.server.logging;

import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// Says so if a plugin ends the process with `System.exit`, which nobody can forbid it. The JDK
/// tells each exit with its stack to a log of its own; every other exit is none of an operator's
/// concern.
final class ExitNotice extends Handler {
  private static final org.slf4j.Logger log = LoggerFactory.getLogger(ExitNotice.class);

  /// Kept, because the JDK forgets the levels of loggers that nobody keeps.
  private static final Logger EXITS = Logger.getLogger("java.lang.Runtime");

  private static final String PLUGIN = "plugin:";

  private ExitNotice() {}

  /// Begins to listen; once more is no harm.
  static synchronized void install() {
    if (Arrays.stream(EXITS.getHandlers()).noneMatch(ExitNotice.class::isInstance)) {
      EXITS.setUseParentHandlers(false);
      EXITS.setLevel(Level.FINE);
      EXITS.addHandler(new ExitNotice());
    }
  }

  @Override
  public void publish(LogRecord exit) {
    Throwable stack = exit.getThrown();
    if (stack == null) {
      return;
    }
    Optional<StackTraceElement> frame =
        Arrays.stream(stack.getStackTrace())
            .filter(element -> String.valueOf(element.getClassLoaderName()).startsWith(PLUGIN))
            .findFirst();
    frame.ifPresent(
        element ->
            log.error(
                "Plugin '{}' ends the gateway: {} calls System.exit in thread '{}'. Calls under way"
                    + " may finish. The plugin's authors must correct that.",
                String.valueOf(element.getClassLoaderName()).substring(PLUGIN.length()),
                element.getClassName(),
                Thread.currentThread().getName(),
                stack));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
