package io.agenticprimitives.gateway.testkit;

/// How the peer learns where a response body ends ([RFC 9112 section
/// 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
public sealed interface Framing {

  /// `Transfer-Encoding: chunked`. Every piece that is sent is a chunk of its own; the body is
  /// complete after [Step.EndChunks].
  record Chunked() implements Framing {}

  /// `Content-Length`. A script that sends fewer bytes than announced ends with a cut-off body.
  ///
  /// @param bytes the announced length, zero or more
  record ContentLength(long bytes) implements Framing {

    /// @throws IllegalArgumentException if the length is negative
    public ContentLength {
      if (bytes < 0) {
        throw new IllegalArgumentException("A content length cannot be negative: " + bytes);
      }
    }
  }

  /// `Connection: close` and no length: the body ends where the connection ends.
  record CloseDelimited() implements Framing {}

  /// No body and no framing header, as for status 204.
  record NoBody() implements Framing {}
}
