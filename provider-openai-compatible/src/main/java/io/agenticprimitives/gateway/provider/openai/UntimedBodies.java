package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/// Lets bodies be closed before their end without the timers of the HTTP library. It would read on
/// against a timer, for the sake of the connection, and keep the timer's thread for a minute after;
/// so long that would keep an unloaded plugin in memory (square/okio#738). Here closing such a body
/// closes its connection.
final class UntimedBodies implements Interceptor {
  private static final long PIECE = 8 << 10;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    ResponseBody body = response.body();
    Source source = new Untimed(body.source(), chain.call());
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(source), body.contentType(), body.contentLength()))
        .build();
  }

  private static final class Untimed extends ForwardingSource {
    private final Call call;
    private boolean closed;

    Untimed(Source body, Call call) {
      super(body);
      this.call = call;
    }

    /// Reading until it ends or fails is what tells the library that the body is done with. Of a
    /// call that is cancelled no more can be read than is there.
    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      call.cancel();
      try (Buffer rest = new Buffer()) {
        while (read(rest, PIECE) >= 0) {
          rest.clear();
        }
      } catch (IOException ended) {
        // The connection is gone.
      }
    }
  }
}
