package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Response;

/// Makes requests with the identity of a call, and once more where AWS refused the identity for a
/// reason that has gone since: it had expired, or this machine's clock is off. Thread-safe.
final class SignedExchange {
  /// How much of an error is read, in bytes; none needs more.
  private static final int MAX_ERROR = 64 << 10;

  /// Does what waits, so that it can be given up.
  interface Runner {
    /// See [CredentialSource#resolve].
    Identity resolve(CredentialSource source);

    /// Executes a call.
    ///
    /// @throws BackendException if the upstream cannot be reached
    Response execute(Call call);
  }

  /// A good response.
  ///
  /// @param identity that it was got with
  record Outcome(Response response, Identity identity) {}

  private final BedrockClient client;

  SignedExchange(BedrockClient client) {
    this.client = client;
  }

  /// Gets a good response.
  ///
  /// @param request makes the request of an identity
  /// @throws BackendException if there is none; its message is free of the identity's secrets
  Outcome send(Runner runner, CredentialSource source, Function<? super Identity, Call> request) {
    Identity identity = runner.resolve(source);
    Response response = runner.execute(request.apply(identity));
    if (response.isSuccessful()) {
      return new Outcome(response, identity);
    }
    BackendException failure = failure(response, identity, source.isCallers());
    Identity next =
        AwsErrors.isExpired(failure) ? runner.resolve(() -> source.renew(identity)) : identity;
    if (next.isSameAs(identity) && !clockWasOff(failure, response)) {
      throw failure;
    }
    Response second = runner.execute(request.apply(next));
    if (second.isSuccessful()) {
      return new Outcome(second, next);
    }
    throw failure(second, next, source.isCallers());
  }

  /// Whether the signature was refused for its time, which is corrected for the requests to come.
  private boolean clockWasOff(BackendException failure, Response response) {
    Instant upstreamTime = response.headers().getInstant("Date");
    String signedTime = response.request().header("X-Amz-Date");
    return AwsErrors.isRefusedSignature(failure)
        && upstreamTime != null
        && signedTime != null
        && client.correctClock(signedTime, upstreamTime);
  }

  private BackendException failure(Response response, Identity identity, boolean ofCaller) {
    try {
      AwsError said =
          AwsError.ofAnswer(
              response.header("x-amzn-ErrorType"),
              response.header("x-amzn-RequestId"),
              start(response.body().byteStream()));
      BackendException failure = AwsErrors.answered(response.code(), said, ofCaller);
      failure = failure.withMessage(identity.redact(failure.message()));
      return RetryAfter.parse(response.header("Retry-After"))
          .map(failure::withRetryAfter)
          .orElse(failure);
    } finally {
      client.release(response);
    }
  }

  /// What can be read of an error counts, even if its body breaks off.
  private static byte[] start(InputStream body) {
    byte[] bytes = new byte[MAX_ERROR];
    int length = 0;
    try {
      int count = 0;
      while (count >= 0 && length < MAX_ERROR) {
        length += count;
        count = body.read(bytes, length, MAX_ERROR - length);
      }
    } catch (IOException cutOff) {
      return Arrays.copyOf(bytes, length);
    }
    return Arrays.copyOf(bytes, length);
  }
}
