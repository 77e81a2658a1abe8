package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Calls with pictures that are named by their addresses, of a backend that may fetch them, with a
/// server of pictures and one in the place of Bedrock.
final class ImageCalls implements AutoCloseable {
  static final int MOST_BYTES = 1000;
  static final Duration SOON = Duration.ofSeconds(10);

  private final ImageServer images = new ImageServer();
  private final ScriptedUpstream bedrock =
      ScriptedUpstream.start()
          .onRequest(
              _ ->
                  Script.bytes(
                      200,
                      "application/vnd.amazon.eventstream",
                      new Frames().start().stop("end_turn").metadata().bytes()));
  private BedrockBackend backend = backend(rules(Duration.ofSeconds(20)));

  private static RemoteImagesConfig rules(Duration timeout, String... hosts) {
    return new RemoteImagesConfig(true, MOST_BYTES, timeout, List.of(hosts));
  }

  private BedrockBackend backend(RemoteImagesConfig rules) {
    return new BedrockBackend(
        Config.at(bedrock.uri()).withKeys().withImages(rules).build(),
        Setup.place(ServerCredentials.NEVER),
        _ -> null,
        images::network);
  }

  /// Lets the backend follow other rules.
  void use(RemoteImagesConfig rules) {
    backend.close();
    backend = backend(rules);
  }

  void use(Duration timeout, String... hosts) {
    use(rules(timeout, hosts));
  }

  ImageServer images() {
    return images;
  }

  ScriptedUpstream bedrock() {
    return bedrock;
  }

  static ContentBlock image(String url) {
    return new ContentBlock.Image(new MediaSource.Url(url), Extras.NONE);
  }

  /// As many pictures, each with an address of its own.
  static ContentBlock[] images(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> image("https://localhost/" + i))
        .toArray(ContentBlock[]::new);
  }

  EventStream stream(Caller caller, ContentBlock... blocks) {
    Message message = new Message.User(List.of(blocks), Extras.NONE);
    return backend.stream(Setup.request(List.of(message)), caller);
  }

  Answer ask(ContentBlock... blocks) {
    return ask(new Message.User(List.of(blocks), Extras.NONE));
  }

  Answer ask(Message... messages) {
    try (EventStream events =
        backend.stream(Setup.request(List.of(messages)), Caller.anonymous())) {
      return Answer.of(events::next);
    }
  }

  /// How a call fails, at once or when its first event is asked for.
  BackendException failure(ContentBlock... blocks) {
    try {
      return ask(blocks).failed();
    } catch (BackendException atOnce) {
      return atOnce;
    }
  }

  /// Asserts that the only picture of a call is refused before Bedrock hears of it.
  void assertRefused(String url, String reason) {
    assertRefused(ErrorKind.INVALID_REQUEST, url, reason);
  }

  void assertRefused(ErrorKind kind, String url, String reason) {
    BackendException failure = failure(image(url));
    assertThat(failure)
        .hasMessageStartingWith("messages[0].content[0]: The picture cannot be fetched: " + reason)
        .hasMessageEndingWith(". Send its bytes as a data: URL.");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(bedrock.requestCount()).isZero();
  }

  /// What Bedrock was asked.
  String sent() {
    return bedrock.takeRequest(SOON).bodyText();
  }

  @Override
  public void close() {
    backend.close();
    bedrock.close();
    images.close();
  }
}
