package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private static final int LIMIT = 1000;
  private static final String CHUNKED_HEAD =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Test
  void requestKeepsTargetAndHeadersAsSent() throws Exception {
    RequestMessage request =
        read("PATCH /a%2Fb//c?q=1&q=%20 HTTP/1.1\r\nX-Id:  1 \r\nx-iD:2\r\nEmpty:\r\n\r\n");

    assertThat(request.method()).isEqualTo("PATCH");
    assertThat(request.target()).isEqualTo("/a%2Fb//c?q=1&q=%20");
    assertThat(request.headers())
        .containsExactly(new Header("X-Id", "1"), new Header("x-iD", "2"), new Header("Empty", ""));
    assertThat(request.body().size()).isZero();
  }

  @Test
  void chunkedBodyIsJoinedAndExtensionsAndTrailersAreDropped() throws Exception {
    RequestMessage request =
        read(CHUNKED_HEAD + "3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n");

    assertThat(request.body().text()).isEqualTo("abc0123456789");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'GET /\\r\\n\\r\\n', 400, request line",
        "'GET  / HTTP/1.1\\r\\n\\r\\n', 400, request line",
        "'G@T / HTTP/1.1\\r\\n\\r\\n', 400, request line",
        "'GET /é HTTP/1.1\\r\\n\\r\\n', 400, request line",
        "'GET / HTTP/2.0\\r\\n\\r\\n', 400, request line",
        "'\\r\\nGET / HTTP/1.1\\r\\n\\r\\n', 400, request line",
        "'GET / HTTP/1.1\\nHost: x\\n\\n', 400, LF alone",
        "'GET / HTTP/1.1\\rHost: x\\r\\n\\r\\n', 400, CR without LF",
        "'GET / HTTP/1.1\\r\\nHost\\r\\n\\r\\n', 400, header line",
        "'GET / HTTP/1.1\\r\\nHost : x\\r\\n\\r\\n', 400, header line",
        "'GET / HTTP/1.1\\r\\nA: b\\r\\n folded\\r\\n\\r\\n', 400, header line",
        "'POST / HTTP/1.1\\r\\nContent-Length: -1\\r\\n\\r\\n', 400, Content-Length",
        "'POST / HTTP/1.1\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n', 400, one number",
        "'POST / HTTP/1.1\\r\\nContent-Length: 1001\\r\\n\\r\\n', 413, allowed are 1000",
        "'POST / HTTP/1.1\\r\\nContent-Length: 999999999999999999\\r\\n\\r\\n', 413, allowed",
        "'POST / HTTP/1.1\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n', 400, either Content-Length",
        "'POST / HTTP/1.1\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n', 400, transfer coding",
        "'POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3e9\\r\\n', 413, allowed",
        "'POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n7fffffffffffffff\\r\\n', 400, chunk size",
        "'POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n-1\\r\\n', 400, chunk size",
        "'POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1\\r\\nab\\r\\n', 400, chunk is longer"
      })
  void malformedOrOversizedRequestsAreRefusedWithTheReason(
      String escaped, int status, String reason) {
    String request = escaped.replace("\\r", "\r").replace("\\n", "\n");

    assertThatExceptionOfType(RequestRefused.class)
        .isThrownBy(() -> read(request))
        .withMessageContaining(reason)
        .matches(refused -> refused.status() == status);
  }

  @Test
  void anEndlessHeadIsRefused() {
    assertThatExceptionOfType(RequestRefused.class)
        .isThrownBy(() -> read("GET / HTTP/1.1\r\nA: " + "x".repeat(300_000)))
        .matches(refused -> refused.status() == 431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET / HTTP/1.1\r\nHost: x\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"
      })
  void anEndWithinARequestIsAnEndOfTheConnection(String request) {
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(request));
  }

  @Test
  void anEndBetweenRequestsIsNoRequest() throws Exception {
    assertThat(reader(new ByteArrayInputStream(new byte[0])).next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void anyBodyInAnyChunksAndAnyReadsIsTheSameBody(long seed) throws Exception {
    Random random = new Random(seed);
    byte[] body = new byte[random.nextInt(LIMIT)];
    random.nextBytes(body);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(ascii(CHUNKED_HEAD));
    for (int from = 0; from < body.length; ) {
      int size = Math.min(body.length - from, 1 + random.nextInt(50));
      wire.writeBytes(ascii(Integer.toHexString(size) + "\r\n"));
      wire.write(body, from, size);
      wire.writeBytes(ascii("\r\n"));
      from += size;
    }
    wire.writeBytes(ascii("0\r\n\r\nGET /next HTTP/1.1\r\n\r\n"));

    RequestReader reader = reader(new Dribble(wire.toByteArray(), random));

    assertThat(present(reader.next()).body().bytes()).isEqualTo(body);
    assertThat(present(reader.next()).target()).isEqualTo("/next");
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void damagedBytesNeverCauseAnythingButTheDocumentedFailures(long seed) {
    Random random = new Random(seed);
    List<String> seeds =
        List.of(
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "POST /a HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = ascii(seeds.get(random.nextInt(seeds.size())));
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        RequestReader reader = reader(new ByteArrayInputStream(bytes));
        while (reader.next() != null) {}
      } catch (RequestRefused | IOException _) {
        // Both are documented.
      } catch (RuntimeException e) {
        fail("Not documented for " + Payload.of(bytes), e);
      }
    }
  }

  private static RequestMessage read(String request) throws IOException, RequestRefused {
    return present(reader(new ByteArrayInputStream(ascii(request))).next());
  }

  private static RequestMessage present(@Nullable RequestMessage request) {
    assertThat(request).isNotNull();
    return Objects.requireNonNull(request);
  }

  private static RequestReader reader(InputStream in) {
    return new RequestReader(in, LIMIT, () -> {});
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Gives only a few bytes at each read, like a slow network.
  private static final class Dribble extends ByteArrayInputStream {
    private final Random random;

    Dribble(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(5)));
    }
  }
}
