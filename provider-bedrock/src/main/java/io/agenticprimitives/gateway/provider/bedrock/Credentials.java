package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides with whose credentials a call goes to Bedrock. Thread-safe.
///
/// The credentials of a call are used for that call alone and are kept nowhere. What the operator
/// has written into the backend's configuration may always be used; what else the machine has only
/// as [ServerCredentials] says:
///
/// | | with credentials of the call | without |
/// |---|---|---|
/// | `never` | the call's | the configured ones, else none |
/// | `fallback` | the call's | the configured ones, else the machine's |
/// | `always` | the configured ones, else the machine's | the same |
final class Credentials implements AutoCloseable {
  private final String backend;
  private final ServerCredentials policy;

  /// Those that serve calls without their own; empty if there are none.
  private final Optional<CredentialSource> server;

  Credentials(
      BedrockConfig config,
      BackendContext context,
      String region,
      Function<String, @Nullable String> environment) {
    this.backend = context.backendName();
    this.policy = context.serverCredentials();
    this.server =
        ServerCredentialSources.configured(config, region, backend)
            .or(
                () ->
                    policy == ServerCredentials.NEVER
                        ? Optional.empty()
                        : Optional.of(ServerCredentialSources.machine(environment, backend)));
  }

  /// Whether calls need credentials of their own.
  boolean areCallersOnly() {
    return server.isEmpty();
  }

  /// Whose credentials a call uses. It does not wait.
  ///
  /// @throws BackendException if there are none, or the call's own are incomplete
  CredentialSource of(CallContext call) {
    Optional<CredentialSource> own =
        policy == ServerCredentials.ALWAYS ? Optional.empty() : ofCaller(call);
    return own.or(() -> server)
        .orElseThrow(
            () ->
                new BackendException(
                    ErrorKind.INVALID_REQUEST,
                    "Backend '"
                        + backend
                        + "' has no AWS credentials of its own and the gateway may not use the"
                        + " machine's (allow_server_credentials). Send X-AWS-Access-Key-Id and"
                        + " X-AWS-Secret-Access-Key."));
  }

  private static Optional<CredentialSource> ofCaller(CallContext call) {
    Optional<Secret> id = call.credential("aws", "access_key_id");
    Optional<Secret> secret = call.credential("aws", "secret_access_key");
    Optional<Secret> token = call.credential("aws", "session_token");
    if (Stream.of(id, secret, token).allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    if (id.isEmpty() || secret.isEmpty()) {
      throw invalid(
          "The call's AWS credentials are incomplete: X-AWS-Access-Key-Id and"
              + " X-AWS-Secret-Access-Key go together.");
    }
    List<Optional<Secret>> given = List.of(id, secret, token);
    for (Optional<Secret> part : given) {
      if (part.isPresent() && !CredentialText.isUsable(part.get().value())) {
        throw invalid("The call's AWS credentials hold characters that no AWS credential has.");
      }
    }
    Identity keys =
        new Identity.Keys(
            ServerCredentialSources.keys(id.orElseThrow(), secret.orElseThrow(), token));
    return Optional.of(new CredentialSource.Fixed(keys, true));
  }

  private static BackendException invalid(String message) {
    return new BackendException(ErrorKind.INVALID_REQUEST, message);
  }

  @Override
  public void close() {
    if (server.orElse(null) instanceof ProvidedCredentials provided) {
      provided.close();
    }
  }
}
