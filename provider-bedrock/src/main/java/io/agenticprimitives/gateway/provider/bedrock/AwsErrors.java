package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ErrorKind.Blame;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Turns what AWS says of its failure into the failure of the call.
///
/// The kind follows from the name of AWS's exception, else from the HTTP status. What is the
/// caller's fault is told in AWS's own words alone; otherwise the message also says what happened.
/// Retrying follows from the kind: throttling, models that are still loading, lack of capacity,
/// internal and model errors and time-outs may be tried again; what AWS finds wrong with the
/// request or with the credentials may not.
final class AwsErrors {
  /// Messages with which models say that the conversation does not fit their context.
  private static final List<String> TOO_LONG =
      List.of(
          "input is too long",
          "input tokens exceeded",
          "prompt is too long",
          "too many input tokens",
          "maximum context length",
          "maximum number of input tokens",
          "exceeds the context window",
          "exceed context limit");

  private static final Map<String, ErrorKind> KINDS =
      Map.ofEntries(
          Map.entry("ThrottlingException", ErrorKind.RATE_LIMITED),
          Map.entry("TooManyRequestsException", ErrorKind.RATE_LIMITED),
          Map.entry("ProvisionedThroughputExceededException", ErrorKind.RATE_LIMITED),
          Map.entry("ModelNotReadyException", ErrorKind.RATE_LIMITED),
          Map.entry("ServiceUnavailableException", ErrorKind.OVERLOADED),
          Map.entry("InternalServerException", ErrorKind.UPSTREAM_FAILURE),
          Map.entry("InternalFailure", ErrorKind.UPSTREAM_FAILURE),
          Map.entry("ModelErrorException", ErrorKind.UPSTREAM_FAILURE),
          Map.entry("ModelStreamErrorException", ErrorKind.UPSTREAM_FAILURE),
          Map.entry("ModelTimeoutException", ErrorKind.TIMEOUT),
          Map.entry("ValidationException", ErrorKind.INVALID_REQUEST),
          Map.entry("SerializationException", ErrorKind.INVALID_REQUEST),
          Map.entry("ServiceQuotaExceededException", ErrorKind.INVALID_REQUEST),
          Map.entry("ResourceNotFoundException", ErrorKind.NOT_FOUND),
          Map.entry("AccessDeniedException", ErrorKind.PERMISSION),
          Map.entry("UnrecognizedClientException", ErrorKind.AUTHENTICATION),
          Map.entry("InvalidClientTokenId", ErrorKind.AUTHENTICATION),
          Map.entry("InvalidSignatureException", ErrorKind.AUTHENTICATION),
          Map.entry("SignatureDoesNotMatch", ErrorKind.AUTHENTICATION),
          Map.entry("IncompleteSignatureException", ErrorKind.AUTHENTICATION),
          Map.entry("ExpiredTokenException", ErrorKind.AUTHENTICATION),
          Map.entry("ExpiredToken", ErrorKind.AUTHENTICATION),
          Map.entry("MissingAuthenticationTokenException", ErrorKind.AUTHENTICATION),
          Map.entry("RequestExpired", ErrorKind.AUTHENTICATION),
          Map.entry("RequestTimeTooSkewed", ErrorKind.AUTHENTICATION));

  private AwsErrors() {}

  /// An answer with an error status.
  ///
  /// @param said what AWS said
  /// @param ofCaller whether the credentials came with the call
  static BackendException answered(int status, AwsError said, boolean ofCaller) {
    String words = AwsWords.sanitised(said.message());
    ErrorKind kind = kindOf(said.name(), status, words);
    String answered = (status + " " + said.name()).strip();
    String tail = words.isEmpty() ? "" : ": " + words;
    String whose = ofCaller ? "that came with the call" : "of this backend";
    String message =
        switch (kind) {
          case AUTHENTICATION ->
              "AWS refuses the credentials " + whose + " (" + answered + ")" + tail;
          case PERMISSION ->
              "The credentials " + whose + " do not permit this call (" + answered + ")" + tail;
          default ->
              kind.blame() == Blame.CALLER && !words.isEmpty()
                  ? words
                  : "Bedrock answered " + answered + tail;
        };
    return failure(kind, message, status, said, words);
  }

  /// An exception or error inside a stream whose status was good.
  static BackendException inStream(AwsError said) {
    String words = AwsWords.sanitised(said.message());
    ErrorKind kind = kindOf(said.name(), 0, words);
    String reported = "Bedrock reported an error in its answer";
    String name = said.name().isEmpty() ? "" : " (" + said.name() + ")";
    String message =
        kind.blame() == Blame.CALLER && !words.isEmpty()
            ? words
            : reported + name + (words.isEmpty() ? "" : ": " + words);
    return failure(kind, message, 0, said, words);
  }

  private static BackendException failure(
      ErrorKind kind, String message, int status, AwsError said, String words) {
    String code = isTooLong(words) ? "context_length_exceeded" : said.name();
    return new BackendException(kind, message)
        .withUpstream(new UpstreamError(status, said.name(), code, "", said.requestId()));
  }

  private static boolean isTooLong(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return TOO_LONG.stream().anyMatch(lower::contains);
  }

  private static ErrorKind kindOf(String name, int status, String words) {
    ErrorKind kind = KINDS.getOrDefault(name, ErrorKind.ofUpstreamStatus(status));
    // Wrong API keys have no name of their own.
    return kind == ErrorKind.PERMISSION && words.contains("API Key")
        ? ErrorKind.AUTHENTICATION
        : kind;
  }

  /// Whether AWS says that a key that was good has expired.
  static boolean isExpired(BackendException failure) {
    return failure.upstream().type().startsWith("ExpiredToken");
  }

  /// Whether AWS refused a signature, for which a wrong clock may be the reason.
  static boolean isRefusedSignature(BackendException failure) {
    return switch (failure.upstream().type()) {
      case "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "RequestExpired",
          "RequestTimeTooSkewed" ->
          true;
      default -> false;
    };
  }

  /// Whether a model answers this request only whole: some call no tools while streaming.
  static boolean isRefusedStream(BackendException failure) {
    return failure.kind() == ErrorKind.INVALID_REQUEST
        && failure.message().toLowerCase(Locale.ROOT).contains("in streaming mode");
  }
}
