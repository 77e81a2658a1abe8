package io.agenticprimitives.gateway.server.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a small file said at one moment, so that changes are noticed however they come about: by
/// writing, by renaming, by a link that points elsewhere (as Kubernetes changes mounted files).
/// Times and sizes say nothing reliable about that, and reading a file of this size costs little.
///
/// @param hash of the content, or a word for why there is none
record FileContent(String hash) {
  private static final int LIMIT = (1 << 20) + 1;

  /// Reads it.
  static FileContent of(Path file) {
    if (!Files.exists(file)) {
      return new FileContent("absent");
    }
    if (!Files.isRegularFile(file)) {
      return new FileContent("no file");
    }
    try (InputStream content = Files.newInputStream(file)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.readNBytes(LIMIT));
      return new FileContent(HexFormat.of().formatHex(hash));
    } catch (IOException unreadable) {
      return new FileContent("unreadable");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}
