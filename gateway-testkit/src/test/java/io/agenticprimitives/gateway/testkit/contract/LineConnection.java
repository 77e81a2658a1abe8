package io.agenticprimitives.gateway.testkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// One request and its answer on a connection of its own: just enough HTTP/1.1 for a test.
final class LineConnection implements AutoCloseable {
  private final Socket socket = new Socket();
  private final Map<String, String> headers = new HashMap<>();
  private String status = "";

  /// How much of the body's current piece is left; -1 if it is not sent in pieces.
  private int pieceLeft = -1;

  void send(URI upstream, String body) throws IOException {
    socket.connect(new InetSocketAddress(upstream.getHost(), upstream.getPort()));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + bytes.length;
    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().write(bytes);
    InputStream in = socket.getInputStream();
    status = line(in);
    for (String line = line(in); line.contains(": "); line = line(in)) {
      headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]);
    }
    pieceLeft = headers.containsKey("Transfer-Encoding") ? 0 : -1;
  }

  boolean isConnected() {
    return socket.isConnected();
  }

  /// 0 if what came is no HTTP.
  int status() {
    return status.matches("HTTP/1\\.1 \\d{3} .*") ? Integer.parseInt(status.substring(9, 12)) : 0;
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// The next line of the body; what there is of it if the body ends before.
  String bodyLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = bodyByte(); next >= 0 && next != '\n'; next = bodyByte()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private int bodyByte() throws IOException {
    InputStream in = socket.getInputStream();
    if (pieceLeft == 0) {
      String size = line(in);
      size = size.isEmpty() ? line(in) : size;
      pieceLeft = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
      if (pieceLeft == 0) {
        return -1;
      }
    }
    pieceLeft -= pieceLeft > 0 ? 1 : 0;
    return in.read();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
