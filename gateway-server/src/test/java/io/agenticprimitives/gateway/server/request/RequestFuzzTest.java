package io.agenticprimitives.gateway.server.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: any body is a request, in which everything that the gateway has no word
/// for is kept, or it is faults that can be told; the same in every reading of the same body.
class RequestFuzzTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// What becomes a component of a request, or is for the gateway alone.
  private static final Set<String> UNDERSTOOD =
      Set.of("model", "messages", "system", "tools", "tool_choice", "response_format", "stream");

  /// What means something in OpenAI's dialect only.
  private static final Set<String> OF_CHAT =
      Set.of("stream_options", "metadata", "functions", "function_call");

  static List<Path> seeds() throws IOException {
    Path corpus = Path.of(Objects.requireNonNull(System.getProperty("repository.root")), "corpus");
    try (Stream<Path> files = Files.walk(corpus, 3)) {
      return files.filter(file -> file.endsWith("request.json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForRecordings(Path request) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(request));
  }

  public static void fuzzerTestOneInput(byte[] body) throws IOException {
    read(body, bytes -> CompletionRequestReader.read(bytes, Delivery.STREAMED))
        .ifRequest(request -> checkExtras(body, request, Set.of("metadata")));
    read(body, CompletionRequestReader::readChat)
        .ifRequest(chat -> checkExtras(body, chat.request(), OF_CHAT));
    read(body, EmbeddingRequestReader::read)
        .ifRequest(request -> assertThat(request.inputs()).isNotEmpty());
    read(body, RouteQuestionReader::read);
  }

  /// What a body came to: a request, or faults.
  private record Outcome<T>(List<T> requests, List<RequestFault> faults) {

    void ifRequest(Check<T> check) throws IOException {
      for (T request : requests) {
        check.check(request);
      }
    }
  }

  @FunctionalInterface
  private interface Check<T> {
    void check(T request) throws IOException;
  }

  private static <T> Outcome<T> read(byte[] body, Function<byte[], T> reader) {
    Outcome<T> outcome = readOnce(body, reader);
    assertThat(readOnce(body.clone(), reader)).isEqualTo(outcome);
    for (RequestFault fault : outcome.faults()) {
      assertThat(fault.type()).isNotBlank();
      assertThat(fault.loc()).first().isEqualTo("body");
      assertThat(fault.msg()).isNotBlank();
      assertThat(fault.input().text()).hasSizeLessThan(10_000);
    }
    return outcome;
  }

  private static <T> Outcome<T> readOnce(byte[] body, Function<byte[], T> reader) {
    try {
      return new Outcome<>(List.of(reader.apply(body)), List.of());
    } catch (RequestFaultsException told) {
      assertThat(told.faults()).isNotEmpty();
      return new Outcome<>(List.of(), told.faults());
    }
  }

  private static void checkExtras(
      byte[] body, CompletionRequest request, Set<String> alsoUnderstood) throws IOException {
    JsonNode sent = MAPPER.readTree(body);
    Map<String, JsonText> kept = request.extras().fields();
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : sent.properties()) {
      String name = field.getKey();
      if (!UNDERSTOOD.contains(name)
          && !alsoUnderstood.contains(name)
          && !SamplingReader.knows(name)) {
        expected.add(name);
        String value = Objects.requireNonNull(kept.get(name), name).text();
        assertThat(MAPPER.readTree(value.getBytes(UTF_8))).as(name).isEqualTo(field.getValue());
      }
    }
    assertThat(kept.keySet()).containsAll(expected);
    assertThat(sent.properties().stream().map(Map.Entry::getKey)).containsAll(kept.keySet());
  }
}
