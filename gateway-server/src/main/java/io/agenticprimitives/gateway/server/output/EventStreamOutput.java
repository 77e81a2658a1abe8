package io.agenticprimitives.gateway.server.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The body of a streamed answer (`text/event-stream`).
///
/// The answer is committed, status 200, by whatever is sent first: the first event, or a comment
/// that keeps the connection alive because the upstream has been silent for that long. A failure
/// after a comment is therefore told as an event and no longer as a status; a silent upstream would
/// otherwise lose its callers to time-outs, theirs and those of proxies. One thread sends events;
/// comments come from the timer's threads in between.
public final class EventStreamOutput implements AutoCloseable {
  private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Opening opening;
  private final Runnable onLostCaller;
  private final KeepAliveTimer.Beat beat;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable OutputStream stream;
  private boolean closed;

  /// @param opening sets the status and headers and gives the stream of the body
  /// @param timer keeps the connection alive
  /// @param silence how long nothing may be sent
  /// @param onLostCaller called if a comment cannot be sent, on a thread of its own
  public EventStreamOutput(
      Opening opening, KeepAliveTimer timer, Duration silence, Runnable onLostCaller) {
    this.opening = opening;
    this.onLostCaller = onLostCaller;
    this.beat = timer.start(silence, this::keepAlive);
  }

  /// Begins the answer.
  @FunctionalInterface
  public interface Opening {
    /// Sets the status and headers and gives the stream of the body. Called at most once.
    OutputStream open() throws IOException;
  }

  /// Sends whole events and empties the buffer.
  ///
  /// @throws IOException if the caller cannot be reached
  public void send(JsonBuffer events) throws IOException {
    lock.lock();
    try {
      OutputStream body = opened();
      events.drainTo(body);
      body.flush();
    } finally {
      lock.unlock();
    }
    beat.postpone();
  }

  private OutputStream opened() throws IOException {
    OutputStream body = stream;
    if (body == null) {
      body = opening.open();
      stream = body;
    }
    return body;
  }

  private void keepAlive() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      OutputStream body = opened();
      body.write(KEEP_ALIVE);
      body.flush();
    } catch (IOException failure) {
      onLostCaller.run();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the comments and tells whether the status has been sent. After it nobody but the calling
  /// thread writes.
  public boolean settle() {
    close();
    return stream != null;
  }

  /// Ends the comments.
  @Override
  public void close() {
    beat.stop();
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
