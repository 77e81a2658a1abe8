package io.agenticprimitives.gateway.provider.openai;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/// A body too long to be held: a pattern, many times.
final class RepeatedBody extends InputStream {
  private final byte[] pattern;
  private long left;
  private int position;

  private RepeatedBody(String pattern, long times) {
    this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
    this.left = times;
  }

  static InputStream of(String pattern, long times) {
    return new RepeatedBody(pattern, times);
  }

  static InputStream of(String start, String pattern, long times, String end) {
    return new SequenceInputStream(
        Collections.enumeration(List.of(bytes(start), of(pattern, times), bytes(end))));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int count = 0;
    while (count < length && left > 0) {
      target[offset + count++] = pattern[position++];
      if (position == pattern.length) {
        position = 0;
        left--;
      }
    }
    return count;
  }
}
