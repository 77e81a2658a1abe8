package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.distribution.SoakOutcomes.Outcome;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The callers of a soak. Each call is decided by its number alone. What a caller is told is
/// compared with what the upstream did.
final class SoakCallers implements AutoCloseable {
  private static final List<Ask> ASKS = List.of(Ask.values());
  private static final List<String> DIRECT = List.of("openai/m", "bedrock/m", "changing/");
  private static final List<String> ROUTED = List.of("smart", "steady");
  private static final String FILLER = "the quick brown fox jümps over the lazy dog ".repeat(8);

  private final URI gateway;
  private final SoakOutcomes outcomes;
  private final ChatClient client;

  SoakCallers(URI gateway, SoakOutcomes outcomes) {
    this.gateway = gateway;
    this.outcomes = outcomes;
    this.client = new ChatClient(gateway);
  }

  /// One call: how, whom, and what is to go wrong.
  private record Call(long number, Ask ask, String model, SoakFault fault, Random random) {
    static Call of(long number) {
      Random random = new Random(number);
      List<String> models = random.nextInt(3) == 0 ? ROUTED : DIRECT;
      return new Call(
          number,
          ASKS.get(random.nextInt(ASKS.size())),
          models.get(random.nextInt(models.size())),
          SoakFault.any(random),
          random);
    }

    String text() {
      return fault + " call-" + number + " " + FILLER;
    }

    String body() {
      return ask.body(model, text());
    }

    /// By which the gateway's log knows it.
    String id() {
      return "soak-" + number;
    }

    @Override
    public String toString() {
      return "%s (%s, %s, %s)".formatted(id(), ask, model, fault);
    }
  }

  /// Makes a call, and waits for its end.
  void call(long number) {
    Call call = Call.of(number);
    outcomes.begun();
    try {
      outcomes.ended(
          switch (call.random().nextInt(20)) {
            case 0, 1 -> leave(call);
            case 2 -> readSlowly(call);
            case 3 -> HostileRequest.any(call.random()).send(gateway, call.id());
            default -> check(call, client.told(call.ask(), call.body(), "X-Request-Id", call.id()));
          });
    } catch (IOException | InterruptedException | RuntimeException | AssertionError wrong) {
      outcomes.wrong(call.toString(), wrong);
    }
  }

  private Outcome leave(Call call) throws IOException, InterruptedException {
    try (SlowCaller caller = SlowCaller.asking(gateway, call.ask(), call.body(), call.id())) {
      TimeUnit.MILLISECONDS.sleep(call.random().nextInt(400));
      if (call.random().nextBoolean()) {
        caller.read(1 + call.random().nextInt(2000));
      }
    }
    return Outcome.LEFT;
  }

  private Outcome readSlowly(Call call) throws IOException, InterruptedException {
    try (SlowCaller caller = SlowCaller.asking(gateway, call.ask(), call.body(), call.id())) {
      for (int reads = 20 + call.random().nextInt(80); reads > 0 && caller.read(64); reads--) {
        TimeUnit.MILLISECONDS.sleep(30);
      }
      if (call.random().nextInt(3) == 0) {
        return Outcome.LEFT;
      }
      return check(call, caller.told(call.ask()));
    }
  }

  private static Outcome check(Call call, Told told) {
    boolean routed = ROUTED.contains(call.model());
    if (told.finished() && !(routed && told.text().equals(call.text()))) {
      // The last target of a route repeats words, and those once.
      assertThat(told.text()).isEqualTo(call.fault().answerTo(call.text()));
    }
    boolean mayFinish =
        switch (call.fault().stage) {
          case NEVER -> true;
          case EARLY, MIDWAY -> routed;
        };
    boolean mayFail =
        switch (call.fault().stage) {
          case NEVER -> false;
          case EARLY -> !routed;
          case MIDWAY -> !routed || call.ask().isStreamed();
        };
    assertThat(told.finished() ? mayFinish : mayFail)
        .as("it %s: %s", told.finished() ? "finished" : "failed", told.failure())
        .isTrue();
    return told.finished() ? Outcome.FINISHED : Outcome.FAILED;
  }

  @Override
  public void close() {
    client.close();
  }
}
