package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A server that says what it was told, and does what the first word of that asks for: a
/// [SoakFault]. The second word is the call's own.
final class SoakUpstream implements AutoCloseable {
  private static final long PAUSE_MILLIS = 150;
  private static final int PIECES = 4;

  private final Dialect dialect;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();
  private final ScriptedUpstream server = ScriptedUpstream.start().onRequest(this::answer);

  SoakUpstream(Dialect dialect) {
    this.dialect = dialect;
  }

  ScriptedUpstream server() {
    return server;
  }

  private Script answer(RecordedRequest request) {
    if (request.method().equals("GET")) {
      return Script.json(200, dialect.models());
    }
    JsonNode body = NativeClient.json(request.bodyText());
    String said = dialect.said(body);
    String[] words = said.split(" ", 3);
    SoakFault fault = SoakFault.valueOf(words[0]);
    boolean streamed = dialect.isStreamed(request, body);
    return switch (fault) {
      case NONE, SLOW, LONG -> answer(fault, said, streamed);
      case FAILS_ONCE ->
          failedOnce.add(words[1]) ? error(500) : answer(SoakFault.NONE, said, streamed);
      case ERROR -> error(500);
      case RATE_LIMIT -> error(429);
      case OVERLOAD -> error(503);
      case SILENCE -> Script.of(new Step.Stall());
      case CLOSE -> Script.of(new Step.Close());
      case RESET -> begun(said, streamed).then(new Step.Reset());
      case CUT -> begun(said, streamed).then(new Step.Close());
      case STALL -> begun(said, streamed).then(new Step.Stall());
      case GARBAGE ->
          begun(said, streamed).then(new Step.Send("data: }\u0000{\n\n"), new Step.EndChunks());
    };
  }

  private static Script error(int status) {
    return Script.json(status, "{\"message\":\"m\",\"error\":{\"message\":\"on demand\"}}");
  }

  private Script answer(SoakFault fault, String said, boolean streamed) {
    if (!streamed) {
      return slowly(fault, Script.json(200, dialect.whole(fault.answerTo(said))));
    }
    List<Step> steps = new ArrayList<>();
    steps.add(Step.Respond.chunked(200, dialect.streamType()));
    steps.add(new Step.Send(dialect.start()));
    if (fault == SoakFault.LONG) {
      steps.add(new Step.Repeat(Payload.of(dialect.piece(said)), SoakFault.REPEATS));
    } else {
      pieces(said).forEach(piece -> steps.add(new Step.Send(dialect.piece(piece))));
    }
    steps.add(new Step.Send(dialect.end()));
    steps.add(new Step.EndChunks());
    return slowly(fault, new Script(steps));
  }

  /// A pause before each piece.
  private Script slowly(SoakFault fault, Script script) {
    if (fault != SoakFault.SLOW) {
      return script;
    }
    List<Step> steps = new ArrayList<>();
    for (Step step : script.steps()) {
      if (step instanceof Step.Send) {
        Gate gate = new Gate();
        var _ =
            clock.schedule(gate::open, PAUSE_MILLIS * (1 + steps.size()), TimeUnit.MILLISECONDS);
        steps.add(new Step.AwaitGate(gate));
      }
      steps.add(step);
    }
    return new Script(steps);
  }

  private Script begun(String said, boolean streamed) {
    if (!streamed) {
      byte[] whole = dialect.whole(said).getBytes(UTF_8);
      return Script.of(
          Step.Respond.chunked(200, "application/json"),
          new Step.Send(new String(whole, 0, whole.length / 2, UTF_8)));
    }
    return Script.of(
        Step.Respond.chunked(200, dialect.streamType()),
        new Step.Send(dialect.start()),
        new Step.Send(dialect.piece(pieces(said).getFirst())));
  }

  private static List<String> pieces(String said) {
    List<String> pieces = new ArrayList<>();
    int length = said.length() / PIECES + 1;
    for (int from = 0; from < said.length(); from += length) {
      pieces.add(said.substring(from, Math.min(said.length(), from + length)));
    }
    return pieces;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    server.close();
  }
}
