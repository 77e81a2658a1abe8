package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;

/// Ends responses that are done with.
final class ResponseEnd {
  private static final int MOST_MILLIS = 100;
  private static final int PIECE = 8 << 10;

  private ResponseEnd() {}

  /// Reads what is left of a response, for a short time, so that its connection serves the next
  /// call; or closes it if there is more.
  ///
  /// @param trace of the call
  static void finish(Response response, ConnectionTrace trace) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
    try (response) {
      trace.limitReads(MOST_MILLIS);
      InputStream rest = response.body().byteStream();
      byte[] piece = new byte[PIECE];
      int count = 0;
      while (count >= 0 && System.nanoTime() < end) {
        count = rest.read(piece);
      }
    } catch (IOException noEnd) {
      // Whatever it was, the connection is of no more use.
    }
  }
}
