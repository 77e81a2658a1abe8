package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One recorded exchange with a server and what must come of it.
record CorpusCase(Path directory, JsonNode meta, JsonNode expected) {
  static final Path CORPUS = Path.of(System.getProperty("repository.root"), "corpus");

  /// Larger bodies of text are cut into seven bytes, to keep the tests short.
  private static final int LARGE = 8_000;

  /// All cases of one endpoint, `chat-completions` for instance, in the order of their names.
  static List<CorpusCase> all(String endpoint) {
    List<CorpusCase> cases = new ArrayList<>();
    try (var files = Files.walk(CORPUS, 3)) {
      for (Path file : files.filter(path -> path.endsWith("expected.json")).sorted().toList()) {
        Path directory = Objects.requireNonNull(file.getParent());
        CorpusCase found =
            new CorpusCase(directory, read(directory.resolve("meta.json")), read(file));
        if (found.meta().path("endpoint").asText().equals(endpoint)) {
          cases.add(found);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return cases;
  }

  private static JsonNode read(Path file) throws IOException {
    return NativeClient.JSON.readTree(file.toFile());
  }

  String name() {
    return CORPUS.relativize(directory).toString();
  }

  /// The recorded request, as a caller of the native API writes it.
  String request() {
    return recordedRequest().without(List.of("stream", "stream_options")).toString();
  }

  /// The recorded request as it was.
  ObjectNode recordedRequest() {
    try {
      return (ObjectNode) read(directory.resolve("request.json"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Whether the server gave an answer and not an error.
  boolean isFinished() {
    return expected.path("outcome").asText().equals("finished");
  }

  /// What the server said, added up if it is a stream.
  ObjectNode answerAsRecorded() {
    String text = new String(body(), StandardCharsets.UTF_8);
    return ChunkFold.answer(
        meta.path("stream").asBoolean()
            ? NativeClient.events(text.replaceAll("data: ?\\[DONE]", ""))
            : List.of(NativeClient.json(text)));
  }

  /// What the server said of its error; empty where that is no JSON. A stream holds it in its last
  /// line.
  JsonNode errorAsRecorded() {
    String last = new String(body(), StandardCharsets.UTF_8).strip();
    if (meta.path("stream").asBoolean()) {
      last = last.substring(last.lastIndexOf('\n') + 1);
    }
    int start = last.indexOf('{');
    if (start < 0) {
      return NativeClient.JSON.createObjectNode();
    }
    JsonNode body = NativeClient.json(last.substring(start));
    return body.path("error").isObject() ? body.path("error") : body;
  }

  /// How the network cuts the recorded body.
  enum Cut {
    WHOLE,
    /// As the recorder got it, or else, in AWS's event streams, one frame after the other.
    AS_RECORDED,
    ONE_BYTE_AT_A_TIME
  }

  /// The recorded answer.
  Script script(Cut cut) {
    byte[] body = body();
    String contentType = meta.path("content_type").asText("application/json");
    Step head = Step.Respond.chunked(meta.path("status").asInt(), contentType);
    Script script =
        body.length == 0
            ? Script.of(head, new Step.EndChunks())
            : Script.of(head, send(body, cut), new Step.EndChunks());
    for (var header : headers().properties()) {
      if (!header.getKey().equals("content-type")) {
        script = script.withHeader(header.getKey(), header.getValue().asText());
      }
    }
    return script;
  }

  private Step send(byte[] body, Cut cut) {
    return switch (cut) {
      case WHOLE -> new Step.Send(body);
      case AS_RECORDED -> new Step.SendSizes(Payload.of(body), sizes(body));
      case ONE_BYTE_AT_A_TIME ->
          new Step.SendInPieces(Payload.of(body), body.length > LARGE && !isFrames() ? 7 : 1);
    };
  }

  boolean hasRecordedSizes() {
    return meta.has("chunk_sizes") || isFrames();
  }

  /// Whether the body is an event stream of AWS.
  boolean isFrames() {
    return meta.has("eventstream");
  }

  private List<Integer> sizes(byte[] body) {
    List<Integer> sizes = new ArrayList<>();
    if (isFrames()) {
      // A frame begins with its own length.
      ByteBuffer frames = ByteBuffer.wrap(body);
      for (int start = 0; start < body.length; start += sizes.getLast()) {
        sizes.add(frames.getInt(start));
      }
      return sizes;
    }
    meta.path("chunk_sizes").forEach(size -> sizes.add(size.asInt()));
    sizes.removeIf(size -> size == 0);
    return sizes;
  }

  /// The recorded body.
  byte[] body() {
    try {
      return Files.readAllBytes(directory.resolve("response.body"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private JsonNode headers() {
    Path file = directory.resolve("response.headers.json");
    try {
      return Files.exists(file) ? read(file) : NativeClient.JSON.createObjectNode();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
