package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.ImageCalls.MOST_BYTES;
import static io.agenticprimitives.gateway.provider.bedrock.ImageCalls.image;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.ADDRESS;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.PNG;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.picture;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an address gives must be a picture of a moderate size.
class RemoteImageContentTest {

  private final ImageCalls calls = new ImageCalls();

  @BeforeEach
  void start() {
    calls.images().server().onRequest(_ -> picture("image/png", PNG));
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, GIF89a, its bytes are not the picture that its server says",
    "image/png, <html>, its bytes are not the picture that its server says",
    "image/png, '', its bytes are not the picture that its server says",
    "text/html, GIF89a, 'its server does not say that it is png, jpeg, gif or webp'",
    "image/svg+xml, <svg>, 'its server does not say that it is png, jpeg, gif or webp'",
    "'', GIF89a, 'its server does not say that it is png, jpeg, gif or webp'",
  })
  void whatIsNoPictureIsRefused(String type, String bytes, String reason) {
    calls.images().server().onRequest(_ -> picture(type.isEmpty() ? "x" : type, utf8(bytes)));
    calls.assertRefused(ADDRESS, reason);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 304, 401, 403, 404, 407, 500, 503})
  void anotherStatusThanGoodIsRefused(int status) {
    calls
        .images()
        .server()
        .onRequest(_ -> Script.of(Step.Respond.contentLength(status, "image/png", 0)));
    if (status == 204 || status == 304) {
      calls.images().server().onRequest(_ -> Script.of(Step.Respond.noBody(status)));
    }
    calls.assertRefused(ADDRESS, status == 407 ? "" : "its server answered " + status);
    assertThat(calls.images().server().requestCount()).isOne();
  }

  @Test
  void whatIsTooLargeIsNotReadToItsEnd() {
    byte[] large = new byte[MOST_BYTES + 1];
    System.arraycopy(PNG, 0, large, 0, PNG.length);
    String reason = "it is larger than 1000 bytes (remote_images.max_bytes)";
    calls.images().server().onRequest(_ -> picture("image/png", large));
    calls.assertRefused(ErrorKind.TOO_LARGE, ADDRESS, reason);
    calls
        .images()
        .server()
        .onRequest(
            _ ->
                Script.of(
                    Step.Respond.chunked(200, "image/png"),
                    new Step.Repeat(new String(new char[500]), Step.Repeat.ENDLESS)));
    calls.assertRefused(ErrorKind.TOO_LARGE, ADDRESS, reason);
  }

  @Test
  void allPicturesOfARequestAreBoundedTogether() {
    byte[] large = new byte[11 << 20];
    System.arraycopy(PNG, 0, large, 0, PNG.length);
    calls.use(new RemoteImagesConfig(true, large.length, Duration.ofSeconds(20), List.of()));
    calls.images().server().onRequest(_ -> picture("image/png", large));
    BackendException failure = calls.ask(image(ADDRESS), image("https://localhost/dog")).failed();
    assertThat(failure).hasMessageContaining("the pictures of the request are too large together");
    assertThat(failure.kind()).isEqualTo(ErrorKind.TOO_LARGE);
  }

  @Test
  void aBodyThatBreaksOffIsRefused() {
    calls
        .images()
        .server()
        .onRequest(
            _ ->
                Script.of(
                    Step.Respond.contentLength(200, "image/png", 100),
                    new Step.Send(PNG),
                    new Step.Close()));
    calls.assertRefused(ADDRESS, "the connection to its server failed");
  }
}
