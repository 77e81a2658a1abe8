package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import java.util.List;

/// Asks one target after the other until one serves. The caller is told the failure of the last one
/// that was asked.
final class Fallback implements PipelineStep {
  private final List<Target> targets;

  /// @param targets at least one, in the order in which they are asked
  Fallback(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  /// Whether another backend may serve what one could not. A request that is wrong in itself is
  /// wrong everywhere; all else says something about this one backend, its credentials, its models
  /// or its limits.
  static boolean mayHelp(ErrorKind kind) {
    return switch (kind) {
      case INVALID_REQUEST, CONFLICT, UNPROCESSABLE, CANCELLED -> false;
      case UNSUPPORTED,
          NOT_FOUND,
          TOO_LARGE,
          RATE_LIMITED,
          INTERNAL,
          AUTHENTICATION,
          PERMISSION,
          UNREACHABLE,
          UPSTREAM_FAILURE,
          CUT,
          UNAVAILABLE,
          OVERLOADED,
          TIMEOUT ->
          true;
    };
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    return new FallbackStream(question, call);
  }

  private final class FallbackStream extends RepeatedStream {
    private final Question question;
    private final PipelineCall call;
    private int current;

    FallbackStream(Question question, PipelineCall call) {
      this.question = question;
      this.call = call;
    }

    @Override
    EventStream open() {
      call.targetsLeft(targets.size() - 1 - current);
      Target target = targets.get(current);
      return target.pipeline().stream(target.adapt(question), call);
    }

    @Override
    void afterFailure(BackendException failure) {
      if (!mayHelp(failure.kind())) {
        throw failure;
      }
      do {
        current++;
        if (current >= targets.size()) {
          throw failure;
        }
      } while (!call.remaining(targets.get(current).total()).isPositive());
    }
  }
}
