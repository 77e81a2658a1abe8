package com.example.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reader of event streams, against streams that a seed makes up.
class SseReaderTest {
  private static final String[] ENDS = {"\n", "\r", "\r\n"};
  private static final String[] PIECES = {
    "a", ":", " ", "{}", "\u00e9", "\uD83C\uDF0D", "data", "\t", "\uFEFF"
  };

  private static List<String> read(InputStream in) throws IOException {
    SseReader reader = new SseReader(in);
    List<String> events = new ArrayList<>();
    String event;
    while ((event = reader.next()) != null) {
      events.add(event);
    }
    return events;
  }

  private static List<String> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void linesFieldsAndCommentsAreTheStandards() throws IOException {
    assertThat(
            read(
                "\uFEFFdata: a\n\n:comment\nevent: x\ndata:b\ndata:  c\nid: 1\n\ndata\n\n"
                    + "database: no\n\ndata: cut"))
        .containsExactly("a", "b\n c");
  }

  @Test
  void anEventWithoutEndIsNotKept() {
    InputStream endless =
        new InputStream() {
          private long count;

          @Override
          public int read() {
            return count < 5 ? "data:".charAt((int) count++) : 'x';
          }
        };

    assertThatThrownBy(() -> new SseReader(endless).next()).isInstanceOf(BackendException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsWrittenIsReadWhateverTheLineEndsAndCuts(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      List<String> events = new ArrayList<>();
      String wire = write(random, events);
      assertThat(read(new InPieces(wire.getBytes(UTF_8), random)))
          .as("seed %d, round %d: %s", seed, round, wire)
          .isEqualTo(events);
    }
  }

  private static String write(Random random, List<String> events) {
    StringBuilder wire = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      List<String> lines = new ArrayList<>();
      for (int line = 1 + random.nextInt(3); line > 0; line--) {
        lines.add(text(random));
        wire.append(random.nextBoolean() ? ": ping" + end(random) : "");
        wire.append("data: ").append(lines.getLast()).append(end(random));
      }
      // A CR and an LF after it are one end of a line.
      boolean afterReturn = wire.charAt(wire.length() - 1) == '\r';
      wire.append(afterReturn ? "\r" : end(random));
      events.add(String.join("\n", lines));
    }
    return wire.toString();
  }

  private static String end(Random random) {
    return ENDS[random.nextInt(ENDS.length)];
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /// Gives as many bytes at once as chance has it.
  private static final class InPieces extends InputStream {
    private final ByteArrayInputStream bytes;
    private final Random random;

    InPieces(byte[] bytes, Random random) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, Math.min(length, 1 + random.nextInt(9)));
    }
  }
}
