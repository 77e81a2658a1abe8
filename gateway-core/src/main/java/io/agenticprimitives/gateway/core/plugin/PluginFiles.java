package io.agenticprimitives.gateway.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What the files of a plugin were at one moment. Times and sizes are not trusted: tools that copy
/// keep them.
///
/// @param hashes of its jars; empty if one could not be read
record PluginFiles(PluginSource source, List<String> hashes) {
  private static final int BUFFER = 64 * 1024;

  PluginFiles {
    hashes = List.copyOf(hashes);
  }

  /// Reads all of them.
  static PluginFiles read(PluginSource source) {
    List<String> hashes = new ArrayList<>();
    try {
      for (Path jar : source.jars()) {
        hashes.add(hash(jar));
      }
    } catch (IOException unreadable) {
      return new PluginFiles(source, List.of());
    }
    return new PluginFiles(source, hashes);
  }

  /// Whether nothing has changed; what cannot be read is never the same.
  boolean areSameAs(PluginFiles other) {
    return hashes.size() == source.jars().size() && equals(other);
  }

  private static String hash(Path jar) throws IOException {
    try (InputStream content = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}
