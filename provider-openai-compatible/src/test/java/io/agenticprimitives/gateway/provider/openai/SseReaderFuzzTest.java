package io.agenticprimitives.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.provider.openai.SseReader.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: any body gives the items that a plain reading of the standard gives,
/// however it is cut.
class SseReaderFuzzTest {

  static List<Recording> seeds() {
    return Recording.of("chat-completions");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForRecordings(Recording recording) throws IOException {
    fuzzerTestOneInput(recording.body());
  }

  public static void fuzzerTestOneInput(byte[] body) throws IOException {
    List<String> expected = new PlainReading(body).items();
    Random random = new Random(Arrays.hashCode(body));
    assertThat(items(new ByteArrayInputStream(body))).isEqualTo(expected);
    assertThat(items(CutBody.byteByByte(body))).isEqualTo(expected);
    assertThat(items(CutBody.inPieces(body, () -> 1 + random.nextInt(30)))).isEqualTo(expected);
  }

  private static List<String> items(InputStream body) throws IOException {
    SseReader reader = new SseReader(body, _ -> {});
    List<String> items = new ArrayList<>();
    for (Item item = reader.next(); item != Item.END; item = reader.next()) {
      String name = item == Item.STRAY_LINE ? "" : reader.eventName();
      items.add(item + " " + name + " " + reader.data());
    }
    return items;
  }

  /// The standard line by line, without a thought for speed or memory.
  private static final class PlainReading {
    private final String[] lines;
    private final List<String> items = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private String name = "";

    /// Each byte is a character here, until a text is shown.
    PlainReading(byte[] body) {
      String text = new String(body, ISO_8859_1);
      String byteOrderMark = new String("\uFEFF".getBytes(UTF_8), ISO_8859_1);
      String rest = text.startsWith(byteOrderMark) ? text.substring(3) : text;
      lines = rest.split("\r\n|\r|\n", -1);
    }

    List<String> items() {
      for (int i = 0; i < lines.length; i++) {
        boolean isCut = i == lines.length - 1;
        String stray = stray(lines[i]);
        if (!stray.isEmpty() || (lines[i].isEmpty() && !isCut)) {
          dispatch(isCut ? "TAIL" : "EVENT");
          if (!stray.isEmpty()) {
            items.add("STRAY_LINE  " + decoded(stray));
          }
        } else {
          field(lines[i]);
        }
      }
      dispatch("TAIL");
      return items;
    }

    private static String stray(String line) {
      if (line.startsWith("{")) {
        return line;
      }
      return line.startsWith("error:") ? value(line) : "";
    }

    private void field(String line) {
      switch (line.split(":", 2)[0]) {
        case "data" -> data.add(value(line));
        case "event" -> name = value(line);
        default -> {
          // A comment, or a field that says nothing here.
        }
      }
    }

    private static String value(String line) {
      String value = line.substring(Math.min(line.length(), line.indexOf(':') + 1));
      return line.indexOf(':') < 0 ? "" : value.startsWith(" ") ? value.substring(1) : value;
    }

    private void dispatch(String item) {
      if (!data.isEmpty()) {
        items.add(item + " " + decoded(name) + " " + decoded(String.join("\n", data)));
      }
      data.clear();
      name = "";
    }

    private static String decoded(String bytes) {
      return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
  }
}
