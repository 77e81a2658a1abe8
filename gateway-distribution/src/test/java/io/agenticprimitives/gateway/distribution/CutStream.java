package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A recorded stream that can be cut anywhere, and what a cut leaves of its end. Where the finish
/// stands is found here without the gateway's decoders.
///
/// @param mayFinish the first length at which the finish may have been read
/// @param mustFinish the first length at which it has been sent with all that ends its event
record CutStream(CorpusCase recorded, Payload body, int mayFinish, int mustFinish) {
  /// How the upstream ends what it has not finished.
  enum Ending {
    LAST_CHUNK,
    CLOSE,
    RESET;

    private Step step() {
      return switch (this) {
        case LAST_CHUNK -> new Step.EndChunks();
        case CLOSE -> new Step.Close();
        case RESET -> new Step.Reset();
      };
    }
  }

  static CutStream of(CorpusCase recorded) {
    byte[] body = recorded.body();
    if (!recorded.isFinished()) {
      return new CutStream(recorded, Payload.of(body), Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
    return recorded.isFrames() ? ofFrames(recorded, body) : ofEvents(recorded, body);
  }

  /// The end of the frame `messageStop`, whose name is in its headers; a frame begins with its
  /// length.
  private static CutStream ofFrames(CorpusCase recorded, byte[] body) {
    ByteBuffer frames = ByteBuffer.wrap(body);
    int start = 0;
    while (start < body.length) {
      int end = start + frames.getInt(start);
      if (new String(body, start, end - start, ISO_8859_1).contains("messageStop")) {
        return new CutStream(recorded, Payload.of(body), end, end);
      }
      start = end;
    }
    throw new IllegalStateException("No messageStop in " + recorded);
  }

  /// The first line of data that has a finish reason or is `[DONE]`, and the empty line after it.
  private static CutStream ofEvents(CorpusCase recorded, byte[] body) {
    String text = new String(body, ISO_8859_1);
    int start = 0;
    while (start < text.length()) {
      int lineEnd = text.indexOf('\n', start);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      String line = text.substring(start, end).stripTrailing();
      if (line.startsWith("data:") && isFinish(line.substring("data:".length()).strip())) {
        int emptyLine = text.indexOf('\n', end + 1);
        int must = emptyLine < 0 ? text.length() : emptyLine + 1;
        return new CutStream(recorded, Payload.of(body), start + line.length(), must);
      }
      start = end + 1;
    }
    throw new IllegalStateException("No finish in " + recorded);
  }

  private static boolean isFinish(String data) {
    if (data.equals("[DONE]")) {
      return true;
    }
    JsonNode chunk = NativeClient.json(new String(data.getBytes(ISO_8859_1), UTF_8));
    for (JsonNode choice : chunk.path("choices")) {
      boolean named = !choice.path("finish_reason").asText("").isEmpty();
      if (choice.path("index").asInt(0) == 0 && (named || choice.has("finish_details"))) {
        return true;
      }
    }
    return false;
  }

  /// The stream up to a length, and no further.
  Script cut(int length, Ending ending) {
    Script head =
        Script.of(Step.Respond.chunked(200, recorded.meta().path("content_type").asText()));
    return length == 0
        ? head.then(ending.step())
        : head.then(new Step.Send(Arrays.copyOf(body.bytes(), length)), ending.step());
  }

  @Override
  public String toString() {
    return recorded.name();
  }
}
