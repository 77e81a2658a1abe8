package interop.fakes;

import java.util.Map;
import java.util.Optional;

/// Faults before anything is answered, by the name in `[do:...]`.
///
/// @param code OpenAI's `code`
/// @param awsType Bedrock's `x-amzn-ErrorType`
record Faults(int status, String code, String awsType, String message) {
  private static final Map<String, Faults> BY_NAME =
      Map.of(
          "error-400",
          new Faults(400, "invalid_value", "ValidationException", "the knob must be at most 11"),
          "error-context",
          new Faults(
              400,
              "context_length_exceeded",
              "ValidationException",
              "Input tokens exceed the configured limit of 10 tokens: prompt is too long"),
          "error-403",
          new Faults(403, "forbidden", "AccessDeniedException", "this account may not do that"),
          "error-404",
          new Faults(404, "model_not_found", "ResourceNotFoundException", "no such model here"),
          "error-429",
          new Faults(429, "rate_limit_exceeded", "ThrottlingException", "slow down a little"),
          "error-500",
          new Faults(500, "server_error", "InternalServerException", "something broke inside"),
          "error-503",
          new Faults(503, "overloaded", "ServiceUnavailableException", "too busy at the moment"));

  static Optional<Faults> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// Headers beside those of the dialect.
  Map<String, String> headers() {
    return status == 429 || status == 503 ? Map.of("retry-after", "1") : Map.of();
  }
}
