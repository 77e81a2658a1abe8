package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/// The failures of an answer that came with a good status.
final class AnswerFailures {
  private static final int SAMPLE_LENGTH = 200;

  private AnswerFailures() {}

  /// The body holds something else than what was asked for.
  ///
  /// @param wanted what was asked for, "an answer of Converse" for instance
  /// @param sample the beginning of what came, possibly empty
  static BackendException notWhatWasAsked(
      String wanted, String contentType, String sample, @Nullable Throwable cause) {
    String type = contentType.isBlank() ? "none" : AwsWords.sanitised(contentType);
    boolean page = sample.stripLeading().startsWith("<");
    String words = AwsWords.sanitised(page ? AwsWords.titleOf(sample) : sample);
    String beginning = words.substring(0, Math.min(words.length(), SAMPLE_LENGTH));
    String lead = page ? "; its title is: " : "; it begins with: ";
    return new BackendException(
        ErrorKind.UPSTREAM_FAILURE,
        "Bedrock answered something that is not "
            + wanted
            + " (content type "
            + type
            + ")"
            + (beginning.isEmpty() ? "" : lead + beginning),
        cause);
  }

  /// The body ended too early.
  ///
  /// @param progress how much had come, see [AnswerEvents#progress()]
  static BackendException cut(String progress) {
    return new BackendException(
        ErrorKind.CUT, "Bedrock's answer ended before it was finished, after " + progress);
  }

  /// The body could not be read on.
  static BackendException unreadable(IOException cause, String progress) {
    return cause instanceof InterruptedIOException
        ? new BackendException(
            ErrorKind.TIMEOUT, "Bedrock fell silent in its answer, after " + progress, cause)
        : new BackendException(
            ErrorKind.CUT, "Bedrock's answer was cut off, after " + progress, cause);
  }

  /// What arrived is not what was sent, or breaks the rules of its format.
  static BackendException damaged(String what, String progress, @Nullable Throwable cause) {
    return new BackendException(
        ErrorKind.UPSTREAM_FAILURE,
        "Bedrock's answer is damaged (" + what + "), after " + progress,
        cause);
  }

  /// There is more than the gateway takes.
  static BackendException tooLong(String what, int limit) {
    return new BackendException(
        ErrorKind.UPSTREAM_FAILURE,
        "Bedrock sent " + what + " longer than " + (limit >> 20) + " MiB");
  }
}
