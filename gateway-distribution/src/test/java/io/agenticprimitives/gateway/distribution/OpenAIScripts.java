package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// What an upstream that speaks OpenAI's dialect may answer, and what callers of it do.
final class OpenAIScripts {
  static final Duration LIMIT = Duration.ofSeconds(20);

  /// A chunk that says `Hello`.
  static final String CHUNK =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}";

  /// The chunk after which nothing is missing.
  static final String FINISH =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

  /// The answer `Hello` in one piece.
  static final String ANSWER =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}]}";

  /// The answer `Hello`.
  static final Script GOOD = Script.sse(CHUNK, FINISH, "[DONE]");

  static final Script BROKEN = Script.json(500, "{\"error\":{\"message\":\"broken\"}}");

  /// It breaks off after `Hello`.
  static final Script CUT = Script.sseUnfinished(CHUNK).then(new Step.Close());

  private OpenAIScripts() {}

  /// A refusal that says when to come back.
  static Script later(int status, int seconds) {
    return Script.json(status, "{\"error\":{\"message\":\"later\"}}")
        .withHeader("Retry-After", String.valueOf(seconds));
  }

  /// The body of a request.
  static String ask(String model) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
        .formatted(model);
  }

  /// A caller who has asked for a stream and can leave at any time.
  static Socket asking(URI gateway, String model) throws IOException {
    Socket caller = new Socket(gateway.getHost(), gateway.getPort());
    String body = ask(model);
    String head =
        """
        POST /api/v1/llm/completions/stream HTTP/1.1\r
        Host: x\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(body.length());
    caller.getOutputStream().write((head + body).getBytes(UTF_8));
    return caller;
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
