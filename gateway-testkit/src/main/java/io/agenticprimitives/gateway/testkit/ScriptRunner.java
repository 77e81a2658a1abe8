package io.agenticprimitives.gateway.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// Runs one script on one connection. Blocking; used by one thread.
final class ScriptRunner {

  /// What the connection is to do when the script is through.
  enum Afterwards {
    KEEP,
    CLOSE,
    RESET
  }

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] TERMINATING_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// Measured over loopback: without a pause a peer finds hundreds of pieces in one read, with this
  /// one about nine of ten arrive alone, at a cost of about 0.1 ms each.
  private static final long PAUSE_NANOS = 20_000;

  private final OutputStream out;
  private final CompletableFuture<?> connectionEnded;

  private boolean chunked;
  private boolean lengthKnown;
  private long bytesMissing;
  private boolean complete;
  private boolean closeAnnounced;

  /// The output must pass every write on at once.
  ScriptRunner(OutputStream out, CompletableFuture<?> connectionEnded) {
    this.out = out;
    this.connectionEnded = connectionEnded;
  }

  Afterwards run(Script script) throws IOException {
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Respond respond -> head(respond);
        case Step.Send send -> body(send.payload());
        case Step.SendInPieces send -> pieces(send.payload().cutEvery(send.pieceSize()));
        case Step.SendSizes send -> pieces(send.payload().cut(send.sizes()));
        case Step.Repeat repeat -> repeat(repeat);
        case Step.SendRaw raw -> raw(raw.payload());
        case Step.EndChunks _ -> endChunks();
        case Step.AwaitGate await -> {
          if (!await.gate().awaitOpen(connectionEnded)) {
            return Afterwards.CLOSE;
          }
        }
        case Step.OpenGate open -> open.gate().open();
        case Step.Stall _ -> {
          connectionEnded.join();
          return Afterwards.CLOSE;
        }
        case Step.Close _ -> {
          return Afterwards.CLOSE;
        }
        case Step.Reset _ -> {
          return Afterwards.RESET;
        }
      }
    }
    return complete && !closeAnnounced ? Afterwards.KEEP : Afterwards.CLOSE;
  }

  private void head(Step.Respond respond) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(respond.status()).append(' ');
    head.append(StatusText.of(respond.status())).append("\r\n");
    for (Header header : respond.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    closeAnnounced =
        Header.members(respond.headers(), "Connection").anyMatch(member -> member.equals("close"));
    frame(respond.framing(), head);
    write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void frame(Framing framing, StringBuilder head) {
    switch (framing) {
      case Framing.Chunked _ -> {
        chunked = true;
        head.append("Transfer-Encoding: chunked\r\n");
      }
      case Framing.ContentLength(long bytes) -> {
        lengthKnown = true;
        bytesMissing = bytes;
        complete = bytes == 0;
        head.append("Content-Length: ").append(bytes).append("\r\n");
      }
      case Framing.CloseDelimited _ -> {
        if (!closeAnnounced) {
          head.append("Connection: close\r\n");
        }
        closeAnnounced = true;
      }
      case Framing.NoBody _ -> complete = true;
    }
  }

  private void pieces(List<Payload> pieces) throws IOException {
    for (Payload piece : pieces) {
      body(piece);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void repeat(Step.Repeat repeat) throws IOException {
    for (long time = 0; time < repeat.times() && !connectionEnded.isDone(); time++) {
      body(repeat.payload());
    }
  }

  private void body(Payload payload) throws IOException {
    if (chunked) {
      write(chunk(payload));
    } else {
      write(payload.bytes());
    }
    if (lengthKnown) {
      bytesMissing -= payload.size();
      complete = bytesMissing == 0;
    }
  }

  private void raw(Payload payload) throws IOException {
    complete = false;
    write(payload.bytes());
  }

  private void endChunks() throws IOException {
    write(TERMINATING_CHUNK);
    complete = true;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private static byte[] chunk(Payload payload) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(payload.size() + 16);
    chunk.writeBytes(Integer.toHexString(payload.size()).getBytes(StandardCharsets.US_ASCII));
    chunk.writeBytes(LINE_END);
    chunk.writeBytes(payload.bytes());
    chunk.writeBytes(LINE_END);
    return chunk.toByteArray();
  }
}
