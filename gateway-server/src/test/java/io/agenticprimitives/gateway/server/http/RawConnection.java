package io.agenticprimitives.gateway.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A connection on which a test says and reads every byte itself.
final class RawConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream input;

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    input = new BufferedInputStream(socket.getInputStream());
  }

  RawConnection send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  RawConnection post(String path, String body, String... headerLines) throws IOException {
    return send(
        "POST %s HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n".formatted(path)
            + "Content-Length: %d\r\n".formatted(body.length())
            + String.join("", Arrays.stream(headerLines).map(l -> l + "\r\n").toList())
            + "\r\n"
            + body);
  }

  /// Reads up to and including a text.
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int next = input.read();
      if (next < 0) {
        throw new IOException("The connection ended after: " + read);
      }
      read.write(next);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /// Reads until the server closes the connection.
  String readToEnd() throws IOException {
    return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// Reads a head and as much body as its `Content-Length` says.
  String readAnswer() throws IOException {
    String head = readUntil("\r\n\r\n");
    int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
    if (at < 0) {
      throw new IOException("No length: " + head);
    }
    int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
    return head + new String(input.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Closes with a reset instead of a normal end.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
