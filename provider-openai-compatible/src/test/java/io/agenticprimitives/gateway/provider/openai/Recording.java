package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A recorded exchange of the corpus.
record Recording(String name, JsonNode meta, JsonNode headers, JsonNode expected, Path folder) {
  private static final Path CORPUS =
      Path.of(Objects.requireNonNull(System.getProperty("repository.root")), "corpus");

  /// All recordings of an endpoint, `chat-completions` for instance.
  static List<Recording> of(String endpoint) {
    try (Stream<Path> files = Files.walk(CORPUS, 3)) {
      return files
          .filter(file -> file.endsWith("meta.json"))
          .sorted()
          .map(file -> read(Objects.requireNonNull(file.getParent())))
          .filter(recording -> recording.meta().path("endpoint").asText().equals(endpoint))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Recording named(String name) {
    return read(CORPUS.resolve(name));
  }

  private static Recording read(Path folder) {
    try {
      return new Recording(
          CORPUS.relativize(folder).toString(),
          json(folder, "meta.json"),
          json(folder, "response.headers.json"),
          json(folder, "expected.json"),
          folder);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode json(Path folder, String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  byte[] body() {
    try {
      return Files.readAllBytes(folder.resolve("response.body"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  int status() {
    return meta.path("status").asInt();
  }

  String contentType() {
    return meta.path("content_type").asText();
  }

  boolean isStreamed() {
    return meta.path("stream").asBoolean();
  }

  boolean isEventStream() {
    return contentType().startsWith("text/event-stream");
  }

  /// The sizes of the original network reads; empty if they were not recorded.
  int[] chunkSizes() {
    return meta.path("chunk_sizes").valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
