package io.agenticprimitives.gateway.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads small text files; whatever a path names, no more than a bounded part is read.
final class BoundedFile {
  /// The most bytes that a configuration or a secret may have.
  static final int LIMIT = 1 << 20;

  private BoundedFile() {}

  /// Thrown for a file with more than [#LIMIT] bytes.
  static final class TooLargeException extends IOException {}

  /// The text of a file in UTF-8, without a byte order mark.
  ///
  /// @throws IOException if it cannot be read, has more than [#LIMIT] bytes or is not UTF-8; see
  ///   [#reason]
  static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new TooLargeException();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
  }

  /// Why a file could not be read, in words.
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "the gateway may not read it";
      case TooLargeException _ -> "it is larger than 1 MiB";
      case CharacterCodingException _ -> "it is not text in UTF-8";
      default -> "it cannot be opened as a file";
    };
  }
}
