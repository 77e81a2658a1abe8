package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ErrorKind.Blame;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.io.IOException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// What the caller of one call is told of failures upstream: which backend it was, whose key was
/// refused, and none of the secrets that went along.
final class UpstreamFaults {
  private final String backend;
  private final KnownSecrets secrets;
  private final String keyOfCall;

  UpstreamFaults(String backend, OpenAICompatibleConfig config, CallContext call) {
    this.backend = backend;
    this.secrets = KnownSecrets.of(config, call);
    this.keyOfCall = keyOfCall(call);
  }

  private static String keyOfCall(CallContext call) {
    if (RequestHeaders.keyOfCall(call).isPresent()) {
      return " (with the key of the call, X-Cred-OpenAI-Api-Key)";
    }
    return call.callerAuthorization().isPresent() ? " (with the caller's own Authorization)" : "";
  }

  /// The failure that an answer with a bad status means.
  static BackendException of(Response response) {
    int status = response.code();
    if (status >= 300 && status < 400) {
      return redirected(status, response.header("Location"));
    }
    if (status == 407) {
      return new BackendException(
              ErrorKind.AUTHENTICATION,
              "The proxy on the way wants a user and password, or refuses those in proxy (407)")
          .withUpstream(UpstreamError.ofStatus(status));
    }
    String requestId = response.header("x-request-id");
    return ErrorDecoder.decode(
        status,
        response.header("Retry-After"),
        requestId == null ? response.header("request-id") : requestId,
        response.header("Content-Type"),
        response.body().byteStream());
  }

  /// Where to may be an internal address: it is for the log.
  private static BackendException redirected(int status, @Nullable String location) {
    return new BackendException(
            ErrorKind.UPSTREAM_FAILURE,
            "The upstream redirects to another address ("
                + status
                + "), which the gateway does not follow: base_url must be the address itself",
            new IOException("Redirected to " + location))
        .withUpstream(UpstreamError.ofStatus(status));
  }

  /// What the caller sees of a failure.
  BackendException told(BackendException failure) {
    String message = secrets.removedFrom(failure.message());
    if (failure.kind().blame() != Blame.CALLER && !message.startsWith("Backend '")) {
      String whose = failure.kind() == ErrorKind.AUTHENTICATION ? keyOfCall : "";
      message = "Backend '" + backend + "'" + whose + ": " + message;
    }
    if (message.equals(failure.message())) {
      return failure;
    }
    BackendException told =
        new BackendException(failure.kind(), message, failure.getCause())
            .withUpstream(failure.upstream());
    return failure.retryAfter().map(told::withRetryAfter).orElse(told);
  }
}
