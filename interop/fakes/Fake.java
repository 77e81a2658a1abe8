package interop.fakes;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// What both upstreams have in common: faults, tags, and the decision what to say.
abstract class Fake implements Consumer<Exchange> {
  private final Calls calls;
  private final Brain brain;

  Fake(Calls calls, Brain brain) {
    this.calls = calls;
    this.brain = brain;
  }

  /// Finds out what is asked, and answers.
  abstract void serve(Exchange exchange) throws InterruptedException;

  abstract void fail(Faults fault, Exchange exchange);

  abstract void whole(Turn turn, Exchange exchange);

  /// @return how the stream is written; it has begun
  abstract Streaming.Dialect stream(Turn turn, Exchange exchange);

  @Override
  public final void accept(Exchange exchange) {
    try {
      serve(exchange);
    } catch (Refused refused) {
      report(refused, exchange);
    } catch (InterruptedException left) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException gone) {
      // The caller does not want the rest.
    } catch (RuntimeException defect) {
      defect.printStackTrace();
      report(new Refused("defect of the fake: " + defect), exchange);
    }
  }

  private void report(Refused refused, Exchange exchange) {
    String path = exchange.request().path();
    System.err.println(path + ": " + refused.getMessage());
    try {
      if (exchange.hasBegun()) {
        exchange.drop();
      } else {
        fail(new Faults(400, "refused", "ValidationException", refused.getMessage()), exchange);
      }
    } catch (UncheckedIOException gone) {
      System.err.println(path + ": the caller did not wait for the refusal");
    }
  }

  final void converse(Conversation conversation, boolean streamed, Exchange exchange)
      throws InterruptedException {
    Directives directives = Directives.in(conversation.userText());
    Call call = directives.tag().isEmpty() ? new Call() : calls.of(directives.tag());
    int attempt = call.attempted();
    exchange.onLeaving(call::closed);
    Optional<Faults> fault = fault(directives.what(), attempt);
    if (fault.isPresent()) {
      fail(fault.get(), exchange);
    } else if (directives.what().equals("error-drop")) {
      exchange.drop();
    } else if (directives.what().equals("waiting")) {
      call.underWay();
      new CountDownLatch(1).await();
    } else {
      Turn turn = brain.answer(conversation, directives);
      if (streamed) {
        Streaming.run(turn.pieces(), directives, call, calls, exchange, stream(turn, exchange));
      } else {
        whole(turn, exchange);
      }
    }
  }

  private static Optional<Faults> fault(String name, int attempt) {
    if (name.equals("retry-429")) {
      return attempt == 1 ? Faults.named("error-429") : Optional.empty();
    }
    return Faults.named(name);
  }
}
