package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ErrorKind.Blame;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.util.List;
import java.util.Locale;

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
    return switch (name) {
      case "ThrottlingException",
          "TooManyRequestsException",
          "ProvisionedThroughputExceededException",
          "ModelNotReadyException" ->
          ErrorKind.RATE_LIMITED;
      case "ServiceUnavailableException" -> ErrorKind.OVERLOADED;
      case "InternalServerException",
          "InternalFailure",
          "ModelErrorException",
          "ModelStreamErrorException" ->
          ErrorKind.UPSTREAM_FAILURE;
      case "ModelTimeoutException" -> ErrorKind.TIMEOUT;
      case "ValidationException", "SerializationException", "ServiceQuotaExceededException" ->
          ErrorKind.INVALID_REQUEST;
      case "ResourceNotFoundException" -> ErrorKind.NOT_FOUND;
      case "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignatureException",
          "ExpiredTokenException",
          "ExpiredToken",
          "MissingAuthenticationTokenException",
          "RequestExpired",
          "RequestTimeTooSkewed" ->
          ErrorKind.AUTHENTICATION;
      case "AccessDeniedException" ->
          // Wrong API keys have no name of their own.
          words.contains("API Key") ? ErrorKind.AUTHENTICATION : ErrorKind.PERMISSION;
      default ->
          status == 403 && words.contains("API Key")
              ? ErrorKind.AUTHENTICATION
              : ErrorKind.ofUpstreamStatus(status);
    };
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
