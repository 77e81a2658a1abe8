package io.agenticprimitives.gateway.testkit;

import java.util.List;

/// One thing that a [ScriptedUpstream] does with a connection. A [Script] is a list of them.
///
/// Everything that a step writes, and every single piece of the steps that write several, is one
/// write that is flushed at once with `TCP_NODELAY`, so that it can arrive as a read of its own.
/// Whether it does is up to the peer: a peer that reads late finds several pieces together. The
/// steps that cut a payload pause after each piece, which keeps most of them apart and takes about
/// 0.1 ms per piece. Where a test depends on a cut, put an [AwaitGate] between the pieces.
public sealed interface Step {

  /// The status line and the headers. The framing headers are added according to `framing`; the
  /// script must not give them itself.
  ///
  /// @param status 200 to 599
  /// @param headers in the order in which they are sent, without the framing headers
  /// @param framing how the body ends
  record Respond(int status, List<Header> headers, Framing framing) implements Step {

    /// @throws IllegalArgumentException if the status is out of range or a header is one of
    ///   `Content-Length` and `Transfer-Encoding`
    public Respond {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException(
            "Status %d is no final HTTP status; send it with SendRaw if that is the point"
                .formatted(status));
      }
      headers = List.copyOf(headers);
      for (Header header : headers) {
        if (header.isNamed("Content-Length") || header.isNamed("Transfer-Encoding")) {
          throw new IllegalArgumentException(
              "%s follows from the framing; to contradict it, send the head with SendRaw"
                  .formatted(header.name()));
        }
      }
    }

    /// A head whose body is chunked.
    public static Respond chunked(int status, String contentType) {
      return new Respond(status, contentType(contentType), new Framing.Chunked());
    }

    /// A head whose body has the given length in bytes.
    public static Respond contentLength(int status, String contentType, long bytes) {
      return new Respond(status, contentType(contentType), new Framing.ContentLength(bytes));
    }

    /// A head whose body ends with the connection.
    public static Respond closeDelimited(int status, String contentType) {
      return new Respond(status, contentType(contentType), new Framing.CloseDelimited());
    }

    /// A head without content type and body.
    public static Respond noBody(int status) {
      return new Respond(status, List.of(), new Framing.NoBody());
    }

    private static List<Header> contentType(String contentType) {
      return List.of(new Header("Content-Type", contentType));
    }
  }

  /// Sends body bytes in one piece.
  ///
  /// @param payload at least one byte
  record Send(Payload payload) implements Step {

    /// @throws IllegalArgumentException if there is nothing to send
    public Send {
      requireBytes(payload);
    }

    /// Sends the text in UTF-8.
    public Send(String text) {
      this(Payload.of(text));
    }

    /// Sends a copy of the bytes.
    public Send(byte[] bytes) {
      this(Payload.of(bytes));
    }
  }

  /// Sends body bytes in pieces of one size; the last may be shorter.
  ///
  /// @param payload at least one byte
  /// @param pieceSize bytes in a piece, at least 1
  record SendInPieces(Payload payload, int pieceSize) implements Step {

    /// @throws IllegalArgumentException if there is nothing to send or the size is not positive
    public SendInPieces {
      requireBytes(payload);
      requirePositive(pieceSize);
    }

    /// Sends the text in UTF-8; the pieces may cut through a character.
    public SendInPieces(String text, int pieceSize) {
      this(Payload.of(text), pieceSize);
    }
  }

  /// Sends body bytes in pieces of the given sizes; what remains after them is one last piece.
  ///
  /// @param payload at least one byte
  /// @param sizes bytes of each piece, each at least 1, together at most the payload
  record SendSizes(Payload payload, List<Integer> sizes) implements Step {

    /// @throws IllegalArgumentException if there is nothing to send or the sizes do not fit
    public SendSizes {
      requireBytes(payload);
      sizes = List.copyOf(sizes);
      sizes.forEach(Step::requirePositive);
      long sum = sizes.stream().mapToLong(Integer::longValue).sum();
      if (sum > payload.size()) {
        throw new IllegalArgumentException(
            "The sizes add up to %d bytes, the payload has only %d".formatted(sum, payload.size()));
      }
    }

    /// Sends the text in UTF-8; the pieces may cut through a character.
    public SendSizes(String text, List<Integer> sizes) {
      this(Payload.of(text), sizes);
    }
  }

  /// Sends the same body bytes again and again, each time as one piece, until the count is reached
  /// or the peer has closed its side.
  ///
  /// @param payload at least one byte
  /// @param times at least 1; [#ENDLESS] for as long as the peer stays
  record Repeat(Payload payload, long times) implements Step {

    /// As often as the peer takes it.
    public static final long ENDLESS = Long.MAX_VALUE;

    /// @throws IllegalArgumentException if there is nothing to send or to repeat
    public Repeat {
      requireBytes(payload);
      requirePositive(times);
    }

    /// Sends the text in UTF-8.
    public Repeat(String text, long times) {
      this(Payload.of(text), times);
    }
  }

  /// Writes bytes onto the connection as they are, whatever the framing: a broken status line, a
  /// wrong chunk size, half a chunk, bytes after the end. They do not count towards a content
  /// length. A response that ends with such bytes is followed by the close of the connection.
  ///
  /// @param payload at least one byte
  record SendRaw(Payload payload) implements Step {

    /// @throws IllegalArgumentException if there is nothing to send
    public SendRaw {
      requireBytes(payload);
    }

    /// Writes the text in UTF-8.
    public SendRaw(String text) {
      this(Payload.of(text));
    }

    /// Writes a copy of the bytes.
    public SendRaw(byte[] bytes) {
      this(Payload.of(bytes));
    }
  }

  /// Waits until the test opens the gate. If the peer closes its side first, the rest of the script
  /// is abandoned.
  record AwaitGate(Gate gate) implements Step {}

  /// Opens the gate, and so tells a test that waits for it or looks at it how far the script has
  /// come: that all before it was written to the connection, for instance.
  record OpenGate(Gate gate) implements Step {}

  /// Keeps the connection open and silent until the peer closes its side. Nothing can follow.
  record Stall() implements Step {}

  /// The terminating chunk: the normal end of a chunked body, after which the connection is kept.
  record EndChunks() implements Step {}

  /// Closes the connection with FIN (over TLS after a `close_notify`), whatever was sent so far:
  /// within a chunked body it is an end without the terminating chunk. Nothing can follow.
  record Close() implements Step {}

  /// Closes the connection with RST (`SO_LINGER` 0; over TLS without `close_notify`): the peer sees
  /// "Connection reset". Bytes that the peer has not received yet are lost with it; put an
  /// [AwaitGate] in front if they must arrive. Nothing can follow.
  record Reset() implements Step {}

  private static void requireBytes(Payload payload) {
    if (payload.size() == 0) {
      throw new IllegalArgumentException("A step cannot send zero bytes; leave it out");
    }
  }

  private static void requirePositive(long number) {
    if (number < 1) {
      throw new IllegalArgumentException("Sizes and counts start at 1, this is " + number);
    }
  }
}
