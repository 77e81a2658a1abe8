package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EmbeddingInput;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The plainest request and context.
public final class Calls {
  private Calls() {}

  public static CompletionRequest request(Delivery delivery) {
    return new CompletionRequest(
        "",
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Sampling.UNSET,
        delivery,
        Extras.NONE);
  }

  /// For the vector of one text.
  public static EmbeddingRequest embeddingRequest(String model) {
    return new EmbeddingRequest(
        model, List.of(new EmbeddingInput.Text("one")), OptionalInt.empty(), false, Extras.NONE);
  }

  /// A call whose first attempt has begun.
  static PipelineCall begun(CallClock clock) {
    PipelineCall call = new PipelineCall(clock, 0, (_, _) -> context());
    call.begin("local", Duration.ofMinutes(1));
    return call;
  }

  public static CallContext context() {
    return new CallContext() {
      @Override
      public String requestId() {
        return "request-1";
      }

      @Override
      public Duration remaining() {
        return Duration.ofMinutes(1);
      }

      @Override
      public Optional<Secret> credential(String service, String key) {
        return Optional.empty();
      }

      @Override
      public void adjusted(String path, Action action, String reason) {
        throw new AssertionError("Nothing to adjust at " + path);
      }
    };
  }
}
