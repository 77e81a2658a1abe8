package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A caller with a connection of its own, who reads as slowly as it likes and may leave at any
/// moment. Little fits into the connection, so that the gateway soon has to wait for it.
final class SlowCaller implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 4096;
  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("\r\nContent-Length: (\\d+)", Pattern.CASE_INSENSITIVE);
  private static final String HEAD_END = "\r\n\r\n";

  private final Socket socket = new Socket();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private SlowCaller(URI gateway) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setSoTimeout(120_000);
    socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
  }

  /// A caller who has asked.
  static SlowCaller asking(URI gateway, Ask ask, String body) throws IOException {
    return asking(gateway, ask, body, "caller");
  }

  /// A caller who has asked under this request id.
  static SlowCaller asking(URI gateway, Ask ask, String body, String id) throws IOException {
    return sending(gateway, ask, body, body.getBytes(UTF_8).length, id);
  }

  /// A caller who announces a body of some length and sends this.
  static SlowCaller sending(URI gateway, Ask ask, String body, long length, String id)
      throws IOException {
    SlowCaller caller = new SlowCaller(gateway);
    String head =
        """
        POST %s HTTP/1.1\r
        Host: gateway\r
        Content-Type: application/json\r
        Connection: close\r
        X-Request-Id: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(ask.path, id, length);
    caller.socket.getOutputStream().write((head + body).getBytes(UTF_8));
    return caller;
  }

  /// The connection ended before a byte of an answer came.
  static final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /// What came until the connection ended.
  ///
  /// @param brokenOff whether the connection ended before the body did
  record Received(int status, String body, boolean brokenOff) {}

  /// Reads one byte.
  ///
  /// @return whether there was one
  boolean readByte() throws IOException {
    int next = socket.getInputStream().read();
    if (next >= 0) {
      received.write(next);
    }
    return next >= 0;
  }

  /// Reads so much at most.
  ///
  /// @return whether more may come
  boolean read(int bytes) throws IOException {
    byte[] piece = new byte[bytes];
    int count = socket.getInputStream().read(piece);
    received.write(piece, 0, Math.max(0, count));
    return count >= 0;
  }

  /// Reads until this has come.
  void readUntil(String text) throws IOException {
    byte[] wanted = text.getBytes(UTF_8);
    int matched = 0;
    while (matched < wanted.length) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("It ended before '" + text + "': " + received.toString(UTF_8));
      }
      received.write(next);
      matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
    }
  }

  /// Reads all that is left, as fast as it comes, and says what it amounts to.
  Told told(Ask ask) throws IOException {
    Received all = readToEnd();
    return Told.of(ask, all.status(), all.body(), all.brokenOff());
  }

  /// Reads all that is left, as fast as it comes.
  ///
  /// @throws NoAnswerException if nothing has come at all
  Received readToEnd() throws IOException {
    try {
      socket.getInputStream().transferTo(received);
    } catch (SocketTimeoutException silence) {
      throw silence;
    } catch (IOException reset) {
      // What has come counts.
    }
    String all = received.toString(ISO_8859_1);
    if (all.isEmpty()) {
      throw new NoAnswerException();
    }
    int head = all.indexOf(HEAD_END);
    assertThat(head).as("the end of the head of '%s'", all).isNotNegative();
    int status = Integer.parseInt(all.substring(9, 12));
    String body = all.substring(head + HEAD_END.length());
    Matcher length = CONTENT_LENGTH.matcher(all.substring(0, head));
    if (length.find()) {
      return new Received(status, utf8(body), body.length() < Integer.parseInt(length.group(1)));
    }
    StringBuilder content = new StringBuilder();
    boolean ended = joinChunks(body, content);
    return new Received(status, utf8(content.toString()), !ended);
  }

  /// @return whether the last chunk came
  private static boolean joinChunks(String body, StringBuilder content) {
    int at = 0;
    for (int line = body.indexOf("\r\n"); line >= 0; line = body.indexOf("\r\n", at)) {
      int size = Integer.parseInt(body.substring(at, line), 16);
      if (size == 0) {
        return true;
      }
      int from = line + 2;
      content.append(body, from, Math.min(body.length(), from + size));
      at = Math.min(body.length(), from + size + 2);
    }
    return false;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  /// Leaves.
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
