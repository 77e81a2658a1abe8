package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whether pieces stay apart on their way depends on the peer; here is shown that they leave apart.
class ScriptRunnerTest {
  private final Writes writes = new Writes();

  @Test
  void everyPieceIsOneFlushedWrite() throws IOException {
    run(
        Script.of(
            Step.Respond.closeDelimited(200, "text/plain"),
            new Step.SendInPieces("abcde", 2),
            new Step.SendSizes("fghij", List.of(1, 4)),
            new Step.Repeat("k", 2),
            new Step.SendRaw("raw")));

    assertThat(writes.flushed.subList(1, writes.flushed.size()))
        .containsExactly("ab", "cd", "e", "f", "ghij", "k", "k", "raw");
    assertThat(writes.pending).isEmpty();
  }

  @Test
  void everyChunkIsOneFlushedWriteWithItsSizeLine() throws IOException {
    run(Script.sseInPieces(7, "a"));

    assertThat(writes.flushed.subList(1, writes.flushed.size()))
        .containsExactly("7\r\ndata: a\r\n", "2\r\n\n\n\r\n", "0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyCutOfAnyBytesSendsTheSameBytes(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = new byte[1 + random.nextInt(2000)];
    random.nextBytes(bytes);
    List<Integer> sizes = new ArrayList<>();
    for (int left = bytes.length; left > 0 && sizes.size() < 200; left -= sizes.getLast()) {
      sizes.add(1 + random.nextInt(Math.min(left, 40)));
    }
    Payload payload = Payload.of(bytes);

    run(
        Script.of(
            Step.Respond.closeDelimited(200, "text/plain"),
            new Step.SendSizes(payload, sizes),
            new Step.SendInPieces(payload, 1 + random.nextInt(50))));

    String sent = String.join("", writes.flushed.subList(1, writes.flushed.size()));
    String once = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(sent).isEqualTo(once + once);
  }

  @Test
  void aGateOpensWhenAllBeforeItWasWritten() throws IOException {
    Gate reached = new Gate();
    assertThat(reached.isOpen()).isFalse();
    run(
        Script.of(
            Step.Respond.closeDelimited(200, "text/plain"),
            new Step.Send("a"),
            new Step.OpenGate(reached),
            new Step.Close()));

    assertThat(reached.isOpen()).isTrue();
    assertThat(writes.flushed).last().isEqualTo("a");
  }

  private void run(Script script) throws IOException {
    new ScriptRunner(writes, new CompletableFuture<>()).run(script);
  }

  private static final class Writes extends OutputStream {
    final List<String> flushed = new ArrayList<>();
    final List<String> pending = new ArrayList<>();

    @Override
    public void write(int single) {
      pending.add(String.valueOf((char) single));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      pending.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void flush() {
      flushed.addAll(pending);
      pending.clear();
    }
  }
}
