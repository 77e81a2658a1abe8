package io.agenticprimitives.gateway.provider.bedrock;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After`. AWS does not send it; what stands before AWS may.
final class RetryAfter {
  private static final int MAX_DIGITS = 5;

  private RetryAfter() {}

  /// A number of seconds up to a day or so; anything else says nothing.
  static Optional<Duration> parse(@Nullable String header) {
    return header != null && header.matches("\\d{1," + MAX_DIGITS + "}")
        ? Optional.of(Duration.ofSeconds(Integer.parseInt(header)))
        : Optional.empty();
  }
}
