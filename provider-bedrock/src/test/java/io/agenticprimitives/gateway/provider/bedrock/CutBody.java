package io.agenticprimitives.gateway.provider.bedrock;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// A body that arrives in pieces of chosen sizes and may break off at its end.
final class CutBody extends InputStream {
  private final byte[] bytes;
  private final IntSupplier sizes;
  private final @Nullable IOException end;
  private int position;

  private CutBody(byte[] bytes, IntSupplier sizes, @Nullable IOException end) {
    this.bytes = bytes;
    this.sizes = sizes;
    this.end = end;
  }

  /// Every read gives as many bytes as the next number says.
  static CutBody inPieces(byte[] bytes, IntSupplier sizes) {
    return new CutBody(bytes, sizes, null);
  }

  static CutBody byteByByte(byte[] bytes) {
    return inPieces(bytes, () -> 1);
  }

  /// After the bytes the connection breaks.
  static CutBody broken(byte[] bytes, IOException end) {
    return new CutBody(bytes, () -> 1000, end);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == bytes.length) {
      if (end != null) {
        throw end;
      }
      return -1;
    }
    int count = Math.clamp(sizes.getAsInt(), 1, Math.min(length, bytes.length - position));
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }
}
