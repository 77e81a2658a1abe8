package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.provider.openai.SseReader.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void allLineEndsOfTheStandardEndLines(String end) throws IOException {
    String body = "data: a|event: x|data: b||: comment||data: c||".replace("|", end);
    assertThat(items(body)).containsExactly("EVENT x a\nb", "EVENT  c", "END");
  }

  @Test
  void lineEndsMayBeMixed() throws IOException {
    assertThat(items("data: a\r\rdata: b\n\r\ndata: c\r\n\rdata: d\n\n"))
        .containsExactly("EVENT  a", "EVENT  b", "EVENT  c", "EVENT  d", "END");
  }

  @Test
  void onlyOneSpaceAfterTheColonIsNotData() throws IOException {
    assertThat(items("data:a\n\ndata: b\n\ndata:  c\n\ndata:\td\n\n"))
        .containsExactly("EVENT  a", "EVENT  b", "EVENT   c", "EVENT  \td", "END");
  }

  @Test
  void severalDataLinesAreOneText() throws IOException {
    assertThat(items("data: {\ndata:\ndata: }\n\n")).containsExactly("EVENT  {\n\n}", "END");
  }

  @Test
  void fieldsWithoutColonAndUnknownFieldsAreNoData() throws IOException {
    assertThat(items("data\n\nid: 7\nretry: 10\nfoo: bar\ndatax: y\nevent: e\n\ndata: z\n\n"))
        .containsExactly("EVENT  ", "EVENT  z", "END");
  }

  @Test
  void anEventWithoutDataIsNoneAndItsNameIsForgotten() throws IOException {
    assertThat(items("event: lost\n\ndata: z\n\n")).containsExactly("EVENT  z", "END");
  }

  @Test
  void commentsAndBlankLinesBetweenAreSkipped() throws IOException {
    assertThat(items("\n\n: OPENROUTER PROCESSING\n\n:\n\n\ndata: a\n: inside\ndata: b\n\n"))
        .containsExactly("EVENT  a\nb", "END");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
    assertThat(items("\uFEFFdata: a\n\n")).containsExactly("EVENT  a", "END");
    assertThat(items("\uFEFF\ndata: a\n\n")).containsExactly("EVENT  a", "END");
    assertThat(items("\n\uFEFFdata: a\n\n")).containsExactly("END");
  }

  @Test
  void anEventThatTheEndCutsOffIsShownAsTail() throws IOException {
    assertThat(items("data: a\n\ndata: b")).containsExactly("EVENT  a", "TAIL  b", "END");
    assertThat(items("data: a\n\ndata: b\n")).containsExactly("EVENT  a", "TAIL  b", "END");
    assertThat(items("data: a\n\nevent: b")).containsExactly("EVENT  a", "END");
  }

  @Test
  void errorLinesAreReportedAtOnceAndBehindTheDataBeforeThem() throws IOException {
    assertThat(items("error: {\"x\":1}\ndata: a\n\n"))
        .containsExactly("STRAY_LINE  {\"x\":1}", "EVENT  a", "END");
    assertThat(items("data: a\nerror: boom\n\ndata: b\n\n"))
        .containsExactly("EVENT  a", "STRAY_LINE  boom", "EVENT  b", "END");
    assertThat(items("data: a\nerror: boom")).containsExactly("TAIL  a", "STRAY_LINE  boom", "END");
  }

  @Test
  void jsonWithoutAFieldNameIsAStrayLine() throws IOException {
    assertThat(items("data: a\n\n{\"error\":{}}"))
        .containsExactly("EVENT  a", "STRAY_LINE  {\"error\":{}}", "END");
  }

  @Test
  void charactersMayBeCutBetweenReads() throws IOException {
    String body = "data: \u00E9\u20AC\uD83D\uDE00\u2028\u2029\u0085\n\n";
    SseReader reader =
        new SseReader(CutBody.byteByByte(body.getBytes(StandardCharsets.UTF_8)), _ -> {});
    assertThat(reader.next()).isEqualTo(Item.EVENT);
    assertThat(reader.data()).isEqualTo("\u00E9\u20AC\uD83D\uDE00\u2028\u2029\u0085");
  }

  @Test
  void bytesThatAreNotTextAreReplaced() throws IOException {
    byte[] body = {'d', 'a', 't', 'a', ':', 'a', (byte) 0xC3, 'b', (byte) 0xFF, '\n', '\n'};
    SseReader reader = new SseReader(new ByteArrayInputStream(body), _ -> {});
    assertThat(reader.next()).isEqualTo(Item.EVENT);
    assertThat(reader.data()).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void aLongEventIsReadAndATooLongOneIsAFailure() throws IOException {
    SseReader reader = new SseReader(RepeatedBody.of("data: ", "x", 10 << 20, "\n\n"), _ -> {});
    assertThat(reader.next()).isEqualTo(Item.EVENT);
    assertThat(reader.data()).hasSize(10 << 20);

    for (String start : List.of("data: ", ": ", "foo: ", "")) {
      SseReader tooLong = new SseReader(RepeatedBody.of(start, "x", Long.MAX_VALUE, ""), _ -> {});
      assertThatThrownBy(tooLong::next)
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE))
          .hasMessageContaining("longer than");
    }
  }

  @Test
  void dataOfManyLinesIsLimitedToo() {
    InputStream body = RepeatedBody.of("data: 0123456789012345678901234567890123456789\n", 1 << 20);
    assertThatThrownBy(new SseReader(body, _ -> {})::next).isInstanceOf(BackendException.class);
  }

  @Test
  void endlessCommentsAndBlankLinesCostNoMemory() throws IOException {
    // 200 MB of keep-alives in a heap that would not hold them as lines.
    SseReader reader =
        new SseReader(RepeatedBody.of(": keep-alive\n\n\r\n\r", 12_000_000), _ -> {});
    assertThat(reader.next()).isEqualTo(Item.END);
  }

  @Test
  void anySplitGivesTheSameItems() throws IOException {
    String body =
        "\uFEFF: c\r\n\r\n"
            + "data:a\r\n"
            + "data: \u20AC\r\r"
            + "event: e\n"
            + "data: b\n\r\n"
            + "error: x\r\n"
            + "{\"a\":1}\n"
            + "data: t";
    List<String> whole = items(body);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      InputStream cut = CutBody.inPieces(bytes, () -> 1 + random.nextInt(9));
      assertThat(items(new SseReader(cut, _ -> {}))).as("seed %d", seed).isEqualTo(whole);
    }
  }

  private static List<String> items(String body) throws IOException {
    return items(new SseReader(Answer.stream(body), _ -> {}));
  }

  private static List<String> items(SseReader reader) throws IOException {
    List<String> items = new ArrayList<>();
    Item item = reader.next();
    while (item != Item.END) {
      boolean stray = item == Item.STRAY_LINE;
      items.add(item + " " + (stray ? "" : reader.eventName()) + " " + reader.data());
      item = reader.next();
    }
    items.add("END");
    return items;
  }
}
