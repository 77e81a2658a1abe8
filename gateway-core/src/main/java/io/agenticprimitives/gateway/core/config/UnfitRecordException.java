package io.agenticprimitives.gateway.core.config;

import org.jspecify.annotations.Nullable;

/// A record cannot be filled from configuration. That is a fault of the provider whose record it
/// is, not of the file; the message says what is wrong with it.
public final class UnfitRecordException extends RuntimeException {
  UnfitRecordException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
