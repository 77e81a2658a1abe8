package io.agenticprimitives.gateway.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes as a value: immutable, compared by content, safe to share between threads and scripts.
public final class Payload {
  private static final int SHOWN_CHARACTERS = 60;

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A copy of the given bytes.
  public static Payload of(byte[] bytes) {
    return new Payload(bytes.clone());
  }

  /// The text in UTF-8.
  public static Payload of(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD.
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// The number of bytes.
  public int size() {
    return bytes.length;
  }

  /// The payload cut into pieces of the given sizes, in order; what remains after the last size is
  /// one more piece.
  List<Payload> cut(List<Integer> sizes) {
    List<Payload> pieces = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      pieces.add(new Payload(Arrays.copyOfRange(bytes, from, from + size)));
      from += size;
    }
    if (from < bytes.length) {
      pieces.add(new Payload(Arrays.copyOfRange(bytes, from, bytes.length)));
    }
    return pieces;
  }

  /// The payload cut into pieces of one size; the last may be shorter.
  List<Payload> cutEvery(int size) {
    List<Payload> pieces = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      int to = Math.min(bytes.length - from, size) + from;
      pieces.add(new Payload(Arrays.copyOfRange(bytes, from, to)));
    }
    return pieces;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The size and the first characters, for messages.
  @Override
  public String toString() {
    int shown = Math.min(bytes.length, SHOWN_CHARACTERS);
    String start = new String(bytes, 0, shown, StandardCharsets.ISO_8859_1);
    String more = shown < bytes.length ? "..." : "";
    return "%d bytes '%s%s'".formatted(bytes.length, Header.printable(start), more);
  }
}
