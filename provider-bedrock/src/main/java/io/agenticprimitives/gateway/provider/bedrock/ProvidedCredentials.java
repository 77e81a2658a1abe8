package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// Credentials that the AWS SDK finds, keeps and refreshes. Its provider is made when the first
/// call needs it: some take a second to start.
final class ProvidedCredentials implements CredentialSource, AutoCloseable {
  private final String backend;
  private final Supplier<? extends AwsCredentialsProvider> factory;
  private final Object lock = new Object();
  private @Nullable AwsCredentialsProvider provider;

  /// @param factory makes a provider without waiting for anything
  ProvidedCredentials(String backend, Supplier<? extends AwsCredentialsProvider> factory) {
    this.backend = backend;
    this.factory = factory;
  }

  @Override
  public Identity resolve() {
    try {
      return new Identity.Keys(provider().resolveCredentials());
    } catch (AwsServiceException refused) {
      throw new BackendException(
          ErrorKind.AUTHENTICATION,
          "Backend '"
              + backend
              + "' got no AWS credentials: AWS refuses to give them. The log has the reason.",
          refused);
    } catch (SdkException | IllegalStateException | IllegalArgumentException missing) {
      throw new BackendException(
          ErrorKind.UNAVAILABLE,
          "Backend '"
              + backend
              + "' found no AWS credentials. Set access_key_id and secret_access_key, api_key or"
              + " profile in its config, or give this machine a role.",
          missing);
    }
  }

  /// The SDK keeps credentials until they expire by the clock of this machine, which may be late,
  /// or by what AWS said first, though they can be revoked: what it keeps is given up.
  @Override
  public Identity renew(Identity expired) {
    Identity current = resolve();
    if (!current.isSameAs(expired)) {
      return current;
    }
    close();
    return resolve();
  }

  private AwsCredentialsProvider provider() {
    synchronized (lock) {
      AwsCredentialsProvider current = provider;
      if (current == null) {
        current = factory.get();
        provider = current;
      }
      return current;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (provider instanceof SdkAutoCloseable closeable) {
        closeable.close();
      }
      provider = null;
    }
  }
}
