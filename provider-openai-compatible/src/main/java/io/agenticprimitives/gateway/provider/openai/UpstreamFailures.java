package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ErrorKind.Blame;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.util.Locale;

/// Turns what an upstream says of its failure into the failure of the call.
///
/// The kind follows from the HTTP status, or from the status that the body names if the error came
/// in an answer whose status was good, or from the words of its code and type. What is the caller's
/// fault is told in the upstream's own words alone; otherwise the message also says where it
/// happened.
final class UpstreamFailures {
  private static final int MAX_NAME = 200;

  private UpstreamFailures() {}

  /// An error that came with an HTTP error status, which stands above what the body says.
  static BackendException withStatus(int status, ErrorBody body, String requestId) {
    ErrorKind kind = ErrorKind.ofUpstreamStatus(status);
    String words = UpstreamText.sanitised(body.message());
    return failure(kind, messageFor(kind, status, words), status, body, requestId);
  }

  /// An error inside an answer that began with a good status.
  static BackendException inAnswer(JsonNode root) {
    return inAnswer(ErrorBody.of(root));
  }

  /// An error inside an answer, as JSON or as plain words.
  static BackendException inAnswer(String text) {
    JsonNode root = ResponseJson.treeOrNull(text);
    return inAnswer(
        root == null || root.isValueNode() ? ErrorBody.ofText(text) : ErrorBody.of(root));
  }

  private static BackendException inAnswer(ErrorBody body) {
    ErrorKind kind =
        body.status() == 0 ? kindOfWords(body) : ErrorKind.ofUpstreamStatus(body.status());
    String words = UpstreamText.sanitised(body.message());
    if (words.isEmpty()) {
      words = "The upstream reported an error in its answer and did not say which";
    } else if (kind.blame() != Blame.CALLER) {
      words = "The upstream reported an error in its answer: " + words;
    }
    return failure(kind, words, body.status(), body, "");
  }

  private static BackendException failure(
      ErrorKind kind, String message, int status, ErrorBody body, String requestId) {
    return new BackendException(kind, message)
        .withUpstream(
            new UpstreamError(
                status,
                UpstreamText.sanitised(body.type(), MAX_NAME),
                UpstreamText.sanitised(body.code(), MAX_NAME),
                UpstreamText.sanitised(body.param(), MAX_NAME),
                UpstreamText.sanitised(requestId, MAX_NAME)));
  }

  private static String messageFor(ErrorKind kind, int status, String words) {
    if (kind.blame() == Blame.CALLER && !words.isEmpty()) {
      return words;
    }
    String phrase = phraseFor(status);
    String answered = status + (phrase.isEmpty() ? "" : " " + phrase);
    boolean saysMore = !words.isEmpty() && !answered.endsWith(words);
    String said = saysMore ? ": " + words : "";
    return switch (kind) {
      case AUTHENTICATION ->
          "The upstream refuses the credentials of this backend (" + answered + ")" + said;
      case PERMISSION ->
          "The credentials of this backend do not permit this call (" + answered + ")" + said;
      default -> "The upstream answered " + answered + said;
    };
  }

  /// The kind that names of errors mean. `insufficient_quota` is OpenAI's way of saying 429.
  private static ErrorKind kindOfWords(ErrorBody body) {
    String words = (body.code() + ' ' + body.type()).toLowerCase(Locale.ROOT);
    if (words.contains("rate_limit") || words.contains("quota") || words.contains("throttl")) {
      return ErrorKind.RATE_LIMITED;
    }
    if (words.contains("overloaded") || words.contains("unavailable")) {
      return ErrorKind.OVERLOADED;
    }
    if (words.contains("authentication") || words.contains("api_key")) {
      return ErrorKind.AUTHENTICATION;
    }
    if (words.contains("permission")) {
      return ErrorKind.PERMISSION;
    }
    if (words.contains("not_found") || words.contains("notfound")) {
      return ErrorKind.NOT_FOUND;
    }
    if (words.contains("timeout")) {
      return ErrorKind.TIMEOUT;
    }
    boolean caller =
        words.contains("invalid_request")
            || words.contains("badrequest")
            || words.contains("context_length")
            || words.contains("content_policy");
    return caller ? ErrorKind.INVALID_REQUEST : ErrorKind.UPSTREAM_FAILURE;
  }

  /// The phrase of a status code (RFC 9110, and those that proxies use), or empty.
  private static String phraseFor(int status) {
    return switch (status) {
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 402 -> "Payment Required";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 424 -> "Failed Dependency";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 529 -> "Overloaded";
      default -> "";
    };
  }
}
