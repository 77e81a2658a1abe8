package io.agenticprimitives.gateway.provider.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After` (RFC 9110, section 10.2.3): seconds or a date. Some servers write
/// fractions of seconds.
final class RetryAfter {
  /// What is longer says nothing that a caller could wait for.
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /// The delay that a header asks for.
  ///
  /// @param header its value, or null
  /// @param now what a date is compared with; a date that has passed means at once
  /// @return the delay, at most a day; empty if the header is absent or cannot be read
  static Optional<Duration> parse(@Nullable String header, Instant now) {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    String value = header.strip();
    return (Character.isDigit(value.charAt(0)) ? seconds(value) : date(value, now))
        .map(delay -> delay.isNegative() ? Duration.ZERO : delay)
        .map(delay -> delay.compareTo(LONGEST) > 0 ? LONGEST : delay);
  }

  private static Optional<Duration> seconds(String value) {
    try {
      double seconds = Math.min(Double.parseDouble(value), (double) LONGEST.toSeconds());
      return Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> date(String value, Instant now) {
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
      return Optional.of(Duration.between(now, then));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
