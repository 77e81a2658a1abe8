package io.agenticprimitives.gateway.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A client that sees every byte and every read, because an HTTP client would hide them.
final class RawClient implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 10_000;

  private final Socket socket;

  RawClient(Socket socket) throws IOException {
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    this.socket = socket;
  }

  static RawClient connect(ScriptedUpstream upstream) throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), upstream.port()));
  }

  static RawClient get(ScriptedUpstream upstream, String target) throws IOException {
    return connect(upstream).get(target);
  }

  RawClient get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: upstream\r\n\r\n");
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /// Reads byte by byte up to and including the given text.
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException("Only this arrived: " + read.toString(StandardCharsets.ISO_8859_1));
      }
      read.write(next);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  String readHead() throws IOException {
    return readUntil("\r\n\r\n");
  }

  /// Reads until the server ends the connection with FIN.
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// The bytes of each read until the server ends the connection with FIN.
  List<Integer> readSizesToEnd() throws IOException {
    InputStream in = socket.getInputStream();
    List<Integer> sizes = new ArrayList<>();
    byte[] buffer = new byte[64 * 1024];
    for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
      sizes.add(size);
    }
    return sizes;
  }

  /// Whether neither a byte nor an end arrives for so long.
  boolean silentFor(Duration time) throws IOException {
    socket.setSoTimeout(Math.toIntExact(time.toMillis()));
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException _) {
      return true;
    } finally {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }
  }

  void finishSending() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
