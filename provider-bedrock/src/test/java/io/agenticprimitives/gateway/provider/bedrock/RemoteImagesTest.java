package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.ImageCalls.SOON;
import static io.agenticprimitives.gateway.provider.bedrock.ImageCalls.image;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.ADDRESS;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.PNG;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.picture;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pictures that callers name by their addresses are fetched when the operator allows it.
class RemoteImagesTest {
  private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

  private final ImageCalls calls = new ImageCalls();

  @BeforeEach
  void start() {
    calls.images().server().onRequest(_ -> picture("image/png", PNG));
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  @Test
  void aPictureIsSentWithTheBytesBehindItsAddress() {
    assertThat(calls.ask(image("HTTPS://LOCALHOST/cat.png")).failure()).isNull();
    assertThat(calls.sent())
        .contains("{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"" + BASE64 + "\"}}}");
    RecordedRequest request = calls.images().server().takeRequest(SOON);
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).isEqualTo("/cat.png");
    assertThat(request.headers("Host")).containsExactly("localhost");
    assertThat(request.header("Authorization")).isEmpty();
    assertThat(request.header("Cookie")).isEmpty();
    assertThat(request.header("X-Client-Request-Id")).isEmpty();
  }

  @Test
  void nothingIsFetchedBeforeTheFirstEventIsAskedFor() {
    calls.stream(Caller.anonymous(), image(ADDRESS)).close();
    assertThat(calls.images().lookups()).isEmpty();
    assertThat(calls.images().server().connectionsAccepted()).isZero();
  }

  @Test
  void picturesInToolResultsAreFetchedAndTheSameAddressOnce() {
    ContentBlock result =
        new ContentBlock.ToolResult(
            "c1", List.of(image(ADDRESS), image("https://localhost/dog")), false, Extras.NONE);
    ContentBlock call = new ContentBlock.ToolUse("c1", "look", "{}", Extras.NONE);
    Answer answer =
        calls.ask(
            new Message.User(List.of(image(ADDRESS)), Extras.NONE),
            new Message.Assistant(List.of(image("https://localhost/mine"), call), Extras.NONE),
            new Message.Tool(List.of(result), Extras.NONE));
    assertThat(answer.failure()).isNull();
    assertThat(calls.sent().split("\"bytes\"", -1)).hasSize(4);
    assertThat(calls.images().server().requestCount()).isEqualTo(2);
  }

  @Test
  void aFewRedirectsAreFollowedAndCheckedEachTime() {
    calls
        .images()
        .server()
        .enqueue(
            redirect(301, "/b"),
            redirect(302, "https://localhost/c"),
            redirect(307, "d"),
            picture("image/png", PNG));
    assertThat(calls.ask(image(ADDRESS)).failure()).isNull();
    assertThat(calls.sent()).contains(BASE64);
    assertThat(calls.images().lookups()).hasSize(4);
  }

  @Test
  void aServerThatIsSlowIsNotWaitedForLongerThanTheOperatorSays() throws Exception {
    calls.use(Duration.ofSeconds(1));
    for (Script slow :
        List.of(
            Script.of(new Step.Stall()),
            Script.of(
                Step.Respond.contentLength(200, "image/png", 100),
                new Step.Send(PNG),
                new Step.Stall()))) {
      calls.images().server().onRequest(_ -> slow);
      calls.assertRefused(ADDRESS, "it took longer than 1000 ms (remote_images.timeout");
      calls.images().server().takeRequest(SOON).awaitPeerClosed(SOON);
    }
  }

  @Test
  void theTimeOfTheCallBoundsTheWait() {
    Caller hurried = new Caller(Map.of(), new ArrayList<>(), Duration.ofMillis(100));
    calls.images().server().onRequest(_ -> Script.of(new Step.Stall()));
    try (EventStream events = calls.stream(hurried, image(ADDRESS))) {
      assertThatThrownBy(events::next).hasMessageContaining("it took longer than 100 ms");
    }
  }

  @Test
  void aCallThatWaitsForAPictureCanBeGivenUp() throws Exception {
    calls.images().server().onRequest(_ -> Script.of(new Step.Stall()));
    EventStream events = calls.stream(Caller.anonymous(), image(ADDRESS));
    CompletableFuture<BackendException> ended = new CompletableFuture<>();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    events.next();
                  } catch (BackendException failure) {
                    ended.complete(failure);
                  }
                });
    RecordedRequest waiting = calls.images().server().takeRequest(SOON);
    long start = System.nanoTime();
    events.close();
    assertThat(ended.get(10, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    waiting.awaitPeerClosed(SOON);
    reader.join();
    assertThat(calls.bedrock().connectionsAccepted()).isZero();
  }

  @Test
  void twentyPicturesAreFetchedAFewAtATimeAndMoreAreRefused() {
    ContentBlock[] most = ImageCalls.images(20);
    assertThat(calls.ask(most).failure()).isNull();
    assertThat(calls.sent().split("\"bytes\"", -1)).hasSize(21);
    List<ContentBlock> more = new ArrayList<>(List.of(most));
    more.add(image(ADDRESS));
    assertThatThrownBy(() -> calls.ask(more.toArray(ContentBlock[]::new)))
        .hasMessage(
            "messages: Bedrock takes 20 pictures; the request names 21 by their addresses.");
    assertThat(calls.images().server().requestCount()).isEqualTo(20);
  }

  @Test
  void noMoreThanAFewConnectionsAreOpenForOneRequest() throws Exception {
    calls.use(Duration.ofMillis(500));
    calls.images().server().onRequest(_ -> Script.of(new Step.Stall()));
    ContentBlock[] many = ImageCalls.images(12);
    assertThat(calls.ask(many).failed()).hasMessageContaining("took longer");
    assertThat(calls.images().server().connectionsAccepted()).isBetween(1, 4);
  }

  @Test
  void proxiesOfTheMachineAreNotUsed() {
    try (SystemProperties properties = new SystemProperties();
        ScriptedUpstream proxy = ScriptedUpstream.start()) {
      properties.set("https.proxyHost", "127.0.0.1");
      properties.set("https.proxyPort", String.valueOf(proxy.port()));
      assertThat(calls.ask(image(ADDRESS)).failure()).isNull();
      assertThat(proxy.connectionsAccepted()).isZero();
    }
  }
}
