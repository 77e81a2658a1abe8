package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;

/// The end of a call that its caller gave up.
final class Cancelled {
  static final String MESSAGE = "The call was given up by its caller.";

  private Cancelled() {}

  static BackendException failure() {
    return new BackendException(ErrorKind.CANCELLED, MESSAGE);
  }

  /// The end of a call whose thread was interrupted; it stays interrupted.
  static BackendException interrupted() {
    Thread.currentThread().interrupt();
    return failure();
  }
}
