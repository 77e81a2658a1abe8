package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;

/// Ends responses without the timers of the HTTP library. When the body of one is closed before its
/// end, the library reads on against a timer, and keeps the timer's thread for a minute after; so
/// long it would keep an unloaded plugin in memory (square/okio#738). A body that was read until it
/// ended or failed needs no closing.
final class ResponseEnd {
  private static final int MOST_MILLIS = 100;
  private static final int PIECE = 8 << 10;

  private ResponseEnd() {}

  /// Reads what is left of a response that is done with, for a short time, so that its connection
  /// serves the next call. If there is more, the connection is closed.
  ///
  /// @param trace of the call
  static void finish(Response response, ConnectionTrace trace) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
    try {
      trace.limitReads(MOST_MILLIS);
      InputStream rest = response.body().byteStream();
      byte[] piece = new byte[PIECE];
      int count = 0;
      while (count >= 0 && System.nanoTime() < end) {
        count = rest.read(piece);
      }
      if (count < 0) {
        return;
      }
    } catch (IOException noEnd) {
      // Whatever it was, the connection is of no more use.
    }
    abandon(response, trace);
  }

  /// Closes the connection of a response.
  ///
  /// @param trace of the call
  static void abandon(Response response, ConnectionTrace trace) {
    trace.cancel();
    try {
      InputStream rest = response.body().byteStream();
      byte[] piece = new byte[PIECE];
      int count = 0;
      while (count >= 0) {
        count = rest.read(piece);
      }
    } catch (IOException closed) {
      // It is what tells the library that the connection is gone.
    }
  }
}
