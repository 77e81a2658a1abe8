package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Posts JSON over a connection of its own and takes all bytes that come back. HTTP libraries lose
/// some of them when a connection ends before its answer does.
final class WireClient {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int PIECE = 8192;

  private WireClient() {}

  /// @param headers names and values in turn
  static ChatClient.Reply post(URI gateway, String path, String body, String... headers) {
    byte[] content = body.getBytes(UTF_8);
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: gateway\r\n");
    head.append("Connection: close\r\nContent-Type: application/json\r\n");
    head.append("Content-Length: ").append(content.length).append("\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(head.append("\r\n").toString().getBytes(ISO_8859_1));
      socket.getOutputStream().write(content);
      return reply(allOf(socket.getInputStream()));
    } catch (IOException failure) {
      throw new UncheckedIOException("The gateway gave no answer", failure);
    }
  }

  /// A reset is an end like any other; what came before it counts.
  private static byte[] allOf(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    try {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        all.write(piece, 0, count);
      }
    } catch (IOException reset) {
      if (all.size() == 0) {
        throw reset;
      }
    }
    return all.toByteArray();
  }

  private static ChatClient.Reply reply(byte[] answer) {
    String text = new String(answer, ISO_8859_1);
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      throw new AssertionError("The gateway sent half a head: " + text);
    }
    List<String> lines = text.substring(0, headEnd).lines().toList();
    int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
    Map<String, List<String>> fields = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] field = line.split(": ", 2);
      fields.computeIfAbsent(field[0], _ -> new ArrayList<>()).add(field[1]);
    }
    HttpHeaders headers = HttpHeaders.of(fields, (_, _) -> true);
    byte[] body = Arrays.copyOfRange(answer, headEnd + 4, answer.length);
    if (headers.firstValue("Transfer-Encoding").orElse("").equals("chunked")) {
      return unchunked(status, headers, body);
    }
    long length = headers.firstValueAsLong("Content-Length").orElse(body.length);
    return new ChatClient.Reply(status, headers, new String(body, UTF_8), body.length < length);
  }

  private static ChatClient.Reply unchunked(int status, HttpHeaders headers, byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int position = 0;
    int size = -1;
    while (size != 0 && position < body.length) {
      int lineEnd = position;
      while (body[lineEnd] != '\r') {
        lineEnd++;
      }
      size = Integer.parseInt(new String(body, position, lineEnd - position, ISO_8859_1), 16);
      position = lineEnd + 2;
      content.write(body, position, size);
      position += size + 2;
    }
    if (size == 0 && position != body.length) {
      throw new AssertionError("Something stands behind the last chunk");
    }
    return new ChatClient.Reply(status, headers, content.toString(UTF_8), size != 0);
  }
}
