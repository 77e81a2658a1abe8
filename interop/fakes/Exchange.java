package interop.fakes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// A request and the way to answer it: at once, or piece by piece.
final class Exchange {
  private final HttpRequest request;
  private final Socket socket;
  private final List<LongConsumer> leaving = new ArrayList<>();
  private OptionalLong left = OptionalLong.empty();
  private Object remembered = "";
  private boolean begun;
  private boolean finished;

  Exchange(HttpRequest request, Socket socket) {
    this.request = request;
    this.socket = socket;
  }

  HttpRequest request() {
    return request;
  }

  /// Keeps what the dialect found in the request until it is answered.
  void remember(Object rules) {
    remembered = rules;
  }

  <T> T remembered(Class<T> type) {
    return type.cast(remembered);
  }

  /// @param action told the time ([System#nanoTime]) at which the caller closed the connection
  ///   before the answer was complete
  synchronized void onLeaving(LongConsumer action) {
    left.ifPresent(action);
    leaving.add(action);
  }

  synchronized void callerLeft(long nanos) {
    if (!finished) {
      left = OptionalLong.of(nanos);
      leaving.forEach(action -> action.accept(nanos));
    }
  }

  void answer(int status, Map<String, String> headers, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String length = "content-type: application/json\r\ncontent-length: " + body.length;
    // The caller may send its next request as soon as it has the last byte.
    finish();
    write(head(status, headers, length), body);
  }

  /// Whether a stream was begun, whose status cannot be changed any more.
  boolean hasBegun() {
    return begun;
  }

  void begin(Map<String, String> headers, String contentType) {
    begun = true;
    write(head(200, headers, "content-type: " + contentType + "\r\ntransfer-encoding: chunked"));
  }

  void piece(byte[] bytes) {
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    write(size, bytes, new byte[] {'\r', '\n'});
  }

  void end() {
    finish();
    write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /// Breaks the connection, whatever was said before.
  void drop() {
    finish();
    try {
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private synchronized void finish() {
    finished = true;
  }

  private static byte[] head(int status, Map<String, String> headers, String rest) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append(rest).append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// In one write, so that a chunk is one packet.
  private void write(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int position = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    try {
      OutputStream out = socket.getOutputStream();
      out.write(all);
      out.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
