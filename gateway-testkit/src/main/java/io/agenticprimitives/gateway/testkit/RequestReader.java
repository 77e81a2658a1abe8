package io.agenticprimitives.gateway.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads requests off one connection, strictly: what a lenient server would let pass is a finding
/// about the client under test. Syntax of [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112),
/// without its concessions to old peers.
final class RequestReader {
  private static final int MAXIMUM_HEAD_BYTES = 256 * 1024;
  private static final int TLS_HANDSHAKE_RECORD = 0x16;

  private final InputStream in;
  private final long maximumBodyBytes;
  private final BodyAnnounced bodyAnnounced;
  private int headBytesLeft;

  /// Told when a client waits for `100 Continue` before it sends the body.
  interface BodyAnnounced {
    void clientWaits();
  }

  RequestReader(InputStream in, long maximumBodyBytes, BodyAnnounced bodyAnnounced) {
    this.in = new BufferedInputStream(in);
    this.maximumBodyBytes = maximumBodyBytes;
    this.bodyAnnounced = bodyAnnounced;
  }

  /// The next request, or null if the peer closed its side between two requests.
  ///
  /// @throws RequestRefused if it is malformed or too large
  /// @throws IOException if the connection broke, or ended within a request
  @Nullable RequestMessage next() throws IOException, RequestRefused {
    headBytesLeft = MAXIMUM_HEAD_BYTES;
    int first = in.read();
    if (first < 0) {
      return null;
    }
    if (first == TLS_HANDSHAKE_RECORD) {
      throw new RequestRefused(
          400, "The client speaks TLS to a plain-text port; use startTls() or an http:// address");
    }
    String[] start = startLine(first);
    List<Header> headers = headers();
    Payload body = body(headers);
    boolean keepAlive =
        start[2].equals("HTTP/1.1")
            && Header.members(headers, "Connection").noneMatch(member -> member.equals("close"));
    return new RequestMessage(start[0], start[1], headers, body, keepAlive);
  }

  /// Reads and forgets what else the peer sends, until it closes its side.
  void discardTheRest() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  private String[] startLine(int first) throws IOException, RequestRefused {
    String line = line(first);
    String[] parts = line.split(" ", -1);
    if (parts.length != 3
        || !Header.isToken(parts[0])
        || parts[1].isEmpty()
        || !parts[1].chars().allMatch(character -> character > ' ' && character < 0x7F)
        || !(parts[2].equals("HTTP/1.1") || parts[2].equals("HTTP/1.0"))) {
      throw malformed("request line", line);
    }
    return parts;
  }

  private List<Header> headers() throws IOException, RequestRefused {
    List<Header> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw malformed("header line", line);
      }
      try {
        headers.add(new Header(line.substring(0, colon), trimmed(line.substring(colon + 1))));
      } catch (IllegalArgumentException _) {
        throw malformed("header line", line);
      }
    }
    return List.copyOf(headers);
  }

  private Payload body(List<Header> headers) throws IOException, RequestRefused {
    List<String> codings = Header.members(headers, "Transfer-Encoding").toList();
    Optional<Long> length = contentLength(headers);
    if (codings.isEmpty()) {
      return length.isEmpty() ? Payload.of("") : fixedBody(length.get(), headers);
    }
    if (length.isPresent()) {
      throw new RequestRefused(400, "A request has either Content-Length or Transfer-Encoding");
    }
    if (!codings.equals(List.of("chunked"))) {
      throw new RequestRefused(400, "The only transfer coding read here is chunked: " + codings);
    }
    allowBody(headers);
    return chunkedBody();
  }

  private static Optional<Long> contentLength(List<Header> headers) throws RequestRefused {
    List<String> lengths = Header.members(headers, "Content-Length").distinct().toList();
    if (lengths.isEmpty()) {
      return Optional.empty();
    }
    if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
      throw new RequestRefused(400, "Content-Length is not one number: " + lengths);
    }
    return Optional.of(Long.valueOf(lengths.getFirst()));
  }

  private Payload fixedBody(long length, List<Header> headers) throws IOException, RequestRefused {
    requireAllowed(length);
    if (length > 0) {
      allowBody(headers);
    }
    return Payload.of(exactly(length));
  }

  private Payload chunkedBody() throws IOException, RequestRefused {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      requireAllowed(body.size() + size);
      body.writeBytes(exactly(size));
      if (!line().isEmpty()) {
        throw new RequestRefused(400, "A chunk is longer than its size says");
      }
    }
    headers();
    return Payload.of(body.toByteArray());
  }

  private long chunkSize() throws IOException, RequestRefused {
    headBytesLeft = MAXIMUM_HEAD_BYTES;
    String line = line();
    String size = line.split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw malformed("chunk size", line);
    }
    return Long.parseLong(size, 16);
  }

  private void allowBody(List<Header> headers) {
    if (Header.members(headers, "Expect").anyMatch(member -> member.equals("100-continue"))) {
      bodyAnnounced.clientWaits();
    }
  }

  private void requireAllowed(long bodyBytes) throws RequestRefused {
    if (bodyBytes > maximumBodyBytes) {
      throw new RequestRefused(
          413,
          "The request body has %d bytes or more, allowed are %d; see refuseBodiesOver()"
              .formatted(bodyBytes, maximumBodyBytes));
    }
  }

  private byte[] exactly(long length) throws IOException {
    byte[] bytes = in.readNBytes(Math.toIntExact(length));
    if (bytes.length < length) {
      throw new EOFException("The peer closed its side within a request body");
    }
    return bytes;
  }

  private String line() throws IOException, RequestRefused {
    return line(in.read());
  }

  private String line(int first) throws IOException, RequestRefused {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = first; next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The peer closed its side within a request");
      }
      if (next == '\n') {
        throw malformed("line (it ends with LF alone)", line.toString(StandardCharsets.US_ASCII));
      }
      if (--headBytesLeft < 0) {
        throw new RequestRefused(431, "The head exceeds %d bytes".formatted(MAXIMUM_HEAD_BYTES));
      }
      line.write(next);
    }
    if (in.read() != '\n') {
      throw malformed("line (CR without LF)", line.toString(StandardCharsets.US_ASCII));
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static String trimmed(String value) {
    return value.replaceAll("^[ \t]+|[ \t]+$", "");
  }

  private static RequestRefused malformed(String what, String line) {
    return new RequestRefused(400, "Malformed %s: '%s'".formatted(what, Header.printable(line)));
  }
}
