package io.agenticprimitives.gateway.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices callers who leave while they wait for an answer.
///
/// The HTTP server does not: between the end of a request and the end of its answer it reads
/// nothing, and a model may think for minutes. So the connections of calls under way are also
/// registered with this selector. A connection that becomes readable without anything to read has
/// been closed. Nothing is ever read here.
///
/// - A call is looked at from the next tick on, so the many that are over by then cost next to
///   nothing.
/// - A connection must look closed twice in a row, because the first event may be about bytes that
///   the server has read in the meantime.
/// - A caller who has sent its next request already (pipelining) is no longer watched, nor is one
///   on a connection whose bytes are not the caller's own (TLS): the keep-alive comments of a
///   stream find out about those.
/// - A caller who closes only its sending half counts as gone, as with most proxies.
final class ClientWatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClientWatcher.class);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /// A channel that is registered here is not closed altogether before this selector looks again.
  private static final long CLEAN_UP_MILLIS = 1000;

  private final Selector selector;
  private final Queue<Watch> arriving = new ConcurrentLinkedQueue<>();
  private volatile boolean waiting;

  ClientWatcher() {
    try {
      selector = Selector.open();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofPlatform().daemon().name("gateway-client-watcher").start(this::run);
  }

  /// Ends the call when its caller leaves.
  void watch(EndPoint connection, ActiveCall call) {
    if (connection instanceof SocketChannelEndPoint socket) {
      arriving.add(new Watch(socket.getChannel(), call));
      if (waiting) {
        selector.wakeup();
      }
    }
  }

  private static final class Watch {
    final SocketChannel channel;
    final ActiveCall call;
    boolean suspected;

    Watch(SocketChannel channel, ActiveCall call) {
      this.channel = channel;
      this.call = call;
    }
  }

  private void run() {
    long nextTick = System.nanoTime();
    while (selector.isOpen()) {
      try {
        if (arriving.isEmpty()) {
          waitForCalls();
          nextTick = System.nanoTime() + TICK_NANOS;
        } else if (System.nanoTime() < nextTick) {
          long left = TimeUnit.NANOSECONDS.toMillis(nextTick - System.nanoTime());
          selector.select(this::look, Math.max(1, left));
        } else {
          nextTick = System.nanoTime() + TICK_NANOS;
          armAll();
          selector.selectNow(this::look);
        }
      } catch (IOException | RuntimeException failure) {
        if (selector.isOpen()) {
          // One bad connection must not make the gateway blind to all others.
          log.warn("Watching callers failed once", failure);
        }
      }
    }
  }

  private void waitForCalls() throws IOException {
    waiting = true;
    // A call that came before the flag was seen has woken nobody.
    if (arriving.isEmpty()) {
      selector.select(this::look, selector.keys().isEmpty() ? 0 : CLEAN_UP_MILLIS);
    }
    waiting = false;
  }

  private void armAll() {
    for (Watch watch = arriving.poll(); watch != null; watch = arriving.poll()) {
      if (!watch.call.isOver()) {
        arm(watch);
      }
    }
  }

  private void arm(Watch watch) {
    try {
      SelectionKey key = watch.channel.keyFor(selector);
      if (key == null) {
        watch.channel.register(selector, SelectionKey.OP_READ, watch);
      } else {
        key.attach(watch);
        key.interestOps(SelectionKey.OP_READ);
      }
    } catch (ClosedChannelException | CancelledKeyException closed) {
      end(watch);
    }
  }

  private void look(SelectionKey key) {
    if (!(key.attachment() instanceof Watch watch) || watch.call.isOver()) {
      disarm(key);
      return;
    }
    int available = available(watch.channel);
    if (available > 0) {
      disarm(key);
    } else if (watch.suspected) {
      disarm(key);
      end(watch);
    } else {
      watch.suspected = true;
    }
  }

  private static int available(SocketChannel channel) {
    try {
      return channel.socket().getInputStream().available();
    } catch (IOException closed) {
      return 0;
    }
  }

  private static void disarm(SelectionKey key) {
    key.attach(null);
    try {
      key.interestOps(0);
    } catch (CancelledKeyException closed) {
      // There is nothing left to look at.
    }
  }

  /// On a thread of its own: what ends a call is a plugin's code, which this thread must not wait
  /// for.
  private static void end(Watch watch) {
    Thread.ofVirtual()
        .name("caller-left")
        .start(() -> watch.call.end(ActiveCall.Ending.CALLER_LEFT));
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException failure) {
      log.debug("Closing the watcher failed", failure);
    }
  }
}
