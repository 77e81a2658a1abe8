package io.agenticprimitives.gateway.server.reload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the configuration file now and then and has it read again when it says something else.
/// It is left alone as long as it changes from one look to the next: somebody is still writing.
public final class ConfigWatch implements AutoCloseable {
  /// How often the gateway looks.
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);

  private final Reloader reloader;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ConfigWatch(Reloader reloader) {
    this.reloader = reloader;
  }

  /// Begins to look, if there is a file.
  public static ConfigWatch start(Reloader reloader, Duration interval) {
    ConfigWatch watch = new ConfigWatch(reloader);
    reloader
        .file()
        .ifPresent(
            file ->
                Thread.ofVirtual().name("config-watch").start(() -> watch.watch(file, interval)));
    return watch;
  }

  private void watch(Path file, Duration interval) {
    FileContent last = reloader.seen();
    try {
      while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        FileContent now = FileContent.of(file);
        if (now.equals(last) && !now.equals(reloader.seen())) {
          reload();
        }
        last = now;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The next change of the file may be a good one, whatever becomes of this.
  private void reload() {
    try {
      reloader.reload("the file has changed");
    } catch (RuntimeException | LinkageError failure) {
      log.error("The configuration could not be read again", failure);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
