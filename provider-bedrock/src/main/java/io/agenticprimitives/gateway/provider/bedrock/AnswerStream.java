package io.agenticprimitives.gateway.provider.bedrock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// The bytes of an answer, and the memory for what is kept of them. Not thread-safe.
///
/// @param bytes what comes from the network
/// @param memory is told how many bytes more are kept; it throws if there is no room
record AnswerStream(InputStream bytes, LongConsumer memory) {
  private static final int PIECE = 64 << 10;

  /// The bytes twice while they are collected, and what is made of them.
  private static final int COPIES = 4;

  /// All of it.
  ///
  /// @param limit in bytes
  /// @throws io.agenticprimitives.gateway.api.BackendException if it is too long, for itself or for
  ///   the memory that is left
  byte[] readAll(int limit) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = bytes.readNBytes(PIECE);
    while (piece.length > 0) {
      all.writeBytes(piece);
      if (all.size() > limit) {
        throw AnswerFailures.tooLong("an answer", limit);
      }
      memory.accept((long) COPIES * piece.length);
      piece = bytes.readNBytes(PIECE);
    }
    return all.toByteArray();
  }
}
