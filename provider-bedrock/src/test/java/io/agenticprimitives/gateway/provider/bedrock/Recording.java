package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A recorded exchange with Bedrock.
record Recording(String name, JsonNode meta, JsonNode headers, JsonNode expected, Path folder) {
  static final Path CORPUS =
      Path.of(Objects.requireNonNull(System.getProperty("repository.root")), "corpus", "bedrock");

  static List<Recording> all() {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      return folders.sorted().map(Recording::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Recording named(String name) {
    return read(CORPUS.resolve(name));
  }

  private static Recording read(Path folder) {
    return new Recording(
        Objects.toString(folder.getFileName()),
        json(folder, "meta.json"),
        json(folder, "response.headers.json"),
        json(folder, "expected.json"),
        folder);
  }

  private static JsonNode json(Path folder, String file) {
    try {
      return new ObjectMapper().readTree(folder.resolve(file).toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
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

  boolean isEventStream() {
    return contentType().equals("application/vnd.amazon.eventstream");
  }

  String model() {
    return meta.path("model").asText();
  }

  @Override
  public String toString() {
    return name;
  }
}
