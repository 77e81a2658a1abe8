package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;

/// Something that goes wrong at an upstream, and what the caller must be told of it.
///
/// @param backend where it happens, see [FaultGateway]
/// @param streamed what is sent to who wants a stream
/// @param whole what is sent to who wants the answer in one piece
record Fault(String backend, String name, When when, Script streamed, Script whole, Told told) {
  /// What every answer says that is not broken.
  static final String TEXT = "Hello";

  private static final long LARGE = 1_000_000;

  /// How far the streamed answer has come.
  enum When {
    BEFORE("before the first event"),
    AT("at the first event"),
    AFTER("after the first event"),
    FINISHED("after the finish");

    final String words;

    When(String words) {
      this.words = words;
    }
  }

  /// What the caller must be told.
  ///
  /// @param status 200 if nothing is lost and the answer is complete
  /// @param kind of the failure, or `finished`
  /// @param says words of the failure's message, or the text of the answer
  record Told(int status, String kind, String says) {
    static final Told ANSWER = answer(TEXT);

    static Told answer(String text) {
      return new Told(200, "finished", text);
    }

    boolean isComplete() {
      return status == 200;
    }
  }

  /// A fault that is the same in both forms.
  static Fault of(String backend, String name, When when, Script script, Told told) {
    return new Fault(backend, name, when, script, script, told);
  }

  /// What is asked to make it happen.
  String id() {
    return backend + ": " + name + ", " + when.words;
  }

  /// Whether a caller of this form sees a part of the answer before it fails.
  boolean isShown(boolean stream) {
    return stream && when == When.AFTER && !told.isComplete();
  }

  /// Whether another backend may be asked: not if the answer has begun, and not if the request is
  /// wrong everywhere.
  boolean isOthersToServe(boolean stream) {
    boolean wrongEverywhere =
        switch (told.status()) {
          case 400, 409, 422 -> true;
          default -> false;
        };
    return !told.isComplete() && !wrongEverywhere && !isShown(stream);
  }

  /// What the upstream says about when to come back; empty if nothing.
  String retryAfter() {
    return streamed.steps().stream()
        .filter(Step.Respond.class::isInstance)
        .flatMap(step -> ((Step.Respond) step).headers().stream())
        .filter(header -> header.isNamed("Retry-After"))
        .map(header -> header.value())
        .findFirst()
        .orElse("");
  }

  /// Whether so much is sent that calls had better be made one at a time.
  boolean isLarge() {
    return streamed.steps().stream().anyMatch(Fault::isLarge);
  }

  private static boolean isLarge(Step step) {
    return switch (step) {
      case Step.Send send -> send.payload().size() > LARGE;
      case Step.Repeat repeat -> repeat.times() > LARGE / repeat.payload().size();
      default -> false;
    };
  }

  @Override
  public String toString() {
    return id();
  }
}
