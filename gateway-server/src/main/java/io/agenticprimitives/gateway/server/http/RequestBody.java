package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;

/// Reads the bodies of requests: at most so many bytes, and not for ever. A caller who sends a byte
/// now and then would otherwise hold a thread and its memory for as long as it likes.
final class RequestBody {
  private static final int FIRST_SIZE = 8 * 1024;
  private static final long MEGABYTE = 1024 * 1024;

  private final long maxSize;
  private final Timings timings;

  RequestBody(long maxSize, Timings timings) {
    this.maxSize = maxSize;
    this.timings = timings;
  }

  /// The whole body.
  ///
  /// @throws RequestRefusedException 413 if it is too large, 408 if it is too slow
  /// @throws IOException if the caller cannot be reached
  byte[] read(HttpServletRequest request) throws IOException {
    long announced = request.getContentLengthLong();
    if (announced > maxSize) {
      throw tooLarge();
    }
    byte[] body = new byte[announced > 0 ? (int) announced + 1 : FIRST_SIZE];
    long started = System.nanoTime();
    int size = 0;
    InputStream stream = request.getInputStream();
    while (true) {
      int read = readSome(stream, body, size);
      if (read < 0) {
        return Arrays.copyOf(body, size);
      }
      size += read;
      if (size > maxSize) {
        throw tooLarge();
      }
      checkPace(started, size);
      if (size == body.length) {
        body = Arrays.copyOf(body, (int) Math.min(maxSize + 1, size * 2L));
      }
    }
  }

  private static int readSome(InputStream stream, byte[] body, int offset) throws IOException {
    try {
      return stream.read(body, offset, body.length - offset);
    } catch (IOException failure) {
      if (failure instanceof EofException) {
        // The server's name for broken chunks too, whose sender waits for an answer.
        throw incomplete();
      }
      if (failure.getCause() instanceof TimeoutException) {
        throw tooSlow();
      }
      throw failure;
    }
  }

  private void checkPace(long started, int size) {
    double seconds = (System.nanoTime() - started - timings.bodyGrace().toNanos()) / 1e9;
    if (seconds > 0 && size < seconds * timings.bodyBytesPerSecond()) {
      throw tooSlow();
    }
  }

  private RequestRefusedException tooLarge() {
    return new RequestRefusedException(
        Failure.of(
            413,
            "too_large",
            "The request body is larger than the %s that this gateway takes."
                .formatted(sizeText())));
  }

  private String sizeText() {
    return maxSize % MEGABYTE == 0 ? maxSize / MEGABYTE + " MB" : maxSize + " bytes";
  }

  private static RequestRefusedException incomplete() {
    return new RequestRefusedException(
        Failure.of(400, "invalid_request", "The request body is broken or ended too early."));
  }

  private static RequestRefusedException tooSlow() {
    return new RequestRefusedException(
        Failure.of(408, "timeout", "The request body did not come in fast enough."));
  }
}
