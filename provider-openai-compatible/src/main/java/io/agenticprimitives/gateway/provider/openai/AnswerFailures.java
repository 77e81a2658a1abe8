package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;

/// The failures of an answer that came with a good status but is none.
final class AnswerFailures {
  private static final int SAMPLE_LENGTH = 200;

  private AnswerFailures() {}

  /// The body holds something else than what was asked for.
  ///
  /// @param wanted what was asked for, "an OpenAI chat completion" for instance
  /// @param sample the beginning of what came
  static BackendException notWhatWasAsked(
      String wanted, String contentType, String sample, Throwable cause) {
    return new BackendException(
        ErrorKind.UPSTREAM_FAILURE, messageOfWrongAnswer(wanted, contentType, sample), cause);
  }

  /// The body holds well-formed JSON or text of another kind than what was asked for.
  static BackendException notWhatWasAsked(String wanted, String contentType, String sample) {
    return new BackendException(
        ErrorKind.UPSTREAM_FAILURE, messageOfWrongAnswer(wanted, contentType, sample));
  }

  private static String messageOfWrongAnswer(String wanted, String contentType, String sample) {
    String type = contentType.isBlank() ? "none" : UpstreamText.sanitised(contentType, 100);
    return "The upstream answered something that is not "
        + wanted
        + " (content type "
        + type
        + ")"
        + words(sample);
  }

  /// Of a page the title: what else it begins with tells a reader nothing.
  private static String words(String sample) {
    if (!sample.startsWith("<")) {
      return "; it begins with: " + UpstreamText.sanitised(sample, SAMPLE_LENGTH);
    }
    String title = UpstreamText.sanitised(UpstreamText.titleOf(sample), SAMPLE_LENGTH);
    return title.isEmpty() ? "; it is a page without a title" : "; its title is: " + title;
  }

  /// The body holds nothing.
  static BackendException empty() {
    return new BackendException(
        ErrorKind.UPSTREAM_FAILURE, "The upstream answered with an empty body");
  }

  /// The body ended too early.
  ///
  /// @param progress how much had come, see [AnswerEvents#progress()]
  static BackendException cut(String progress) {
    return new BackendException(
        ErrorKind.CUT, "The upstream's answer ended before it was finished, after " + progress);
  }

  /// The body could not be read on.
  static BackendException unreadable(IOException cause, String progress) {
    return cause instanceof InterruptedIOException
        ? new BackendException(
            ErrorKind.TIMEOUT, "The upstream fell silent in its answer, after " + progress, cause)
        : new BackendException(
            ErrorKind.CUT, "The upstream's answer was cut off, after " + progress, cause);
  }

  /// The body is longer than the gateway takes.
  static BackendException tooLong(String what, int limit) {
    return new BackendException(
        ErrorKind.UPSTREAM_FAILURE,
        "The upstream sent " + what + " longer than " + (limit >> 20) + " MiB");
  }
}
