package io.agenticprimitives.gateway.server.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.agenticprimitives.gateway.api.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: a text is a [JsonText] exactly if Jackson, which shares no code with it,
/// reads one JSON value there.
class JsonTextFuzzTest {
  private static final JsonFactory JACKSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonText.MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  static List<Path> seeds() throws IOException {
    return RequestFuzzTest.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForRecordings(Path request) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(request));
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    String text = new String(bytes, UTF_8);
    assertThat(JsonText.isValid(text)).isEqualTo(isOneValue(text));
  }

  private static boolean isOneValue(String text) throws IOException {
    try (JsonParser parser = JACKSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      // The text of a value is looked at only when it is wanted.
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }
}
