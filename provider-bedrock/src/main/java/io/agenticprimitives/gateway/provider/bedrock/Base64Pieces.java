package io.agenticprimitives.gateway.provider.bedrock;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Bytes that come in pieces, each encoded in base64 for itself. One piece alone stays the text
/// that it was.
final class Base64Pieces {
  private final List<String> pieces = new ArrayList<>();

  void add(String base64) {
    pieces.add(base64);
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /// All bytes in base64. Pieces that are not base64 are put together as they are.
  String joined() {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      pieces.forEach(piece -> bytes.writeBytes(Base64.getDecoder().decode(piece)));
    } catch (IllegalArgumentException notBase64) {
      return String.join("", pieces);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
