package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.config.Secret;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The sources of credentials that do not come with calls: what the operator has written into the
/// backend's configuration, and what the machine has.
final class ServerCredentialSources {
  /// Where AWS's own clients look for a Bedrock API key.
  private static final String API_KEY_VARIABLE = "AWS_BEARER_TOKEN_BEDROCK";

  private ServerCredentialSources() {}

  /// What the configuration names; empty if it names nothing. Only what it names is used: nothing
  /// of it is taken from the environment, not even a session token.
  static Optional<CredentialSource> configured(
      BedrockConfig config, String region, String backend) {
    if (config.apiKey().isPresent()) {
      return config.apiKey().map(key -> fixed(new Identity.Bearer(key.value())));
    }
    if (config.roleArn().isPresent()) {
      return Optional.of(
          new ProvidedCredentials(
              backend, () -> new AssumedRole(config, region, providerWithoutRole(config))));
    }
    if (config.accessKeyId().isPresent()) {
      return Optional.of(fixed(new Identity.Keys(keys(config))));
    }
    return config
        .profile()
        .map(
            name ->
                new ProvidedCredentials(backend, () -> ProfileCredentialsProvider.create(name)));
  }

  private static CredentialSource fixed(Identity identity) {
    return new CredentialSource.Fixed(identity, false);
  }

  /// What the machine has: a Bedrock API key in the environment, else the chain of the AWS SDK.
  static CredentialSource machine(Function<String, @Nullable String> environment, String backend) {
    String apiKey = environment.apply(API_KEY_VARIABLE);
    return apiKey != null && CredentialText.isUsable(apiKey)
        ? fixed(new Identity.Bearer(apiKey))
        : new ProvidedCredentials(backend, () -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentialsProvider providerWithoutRole(BedrockConfig config) {
    if (config.accessKeyId().isPresent()) {
      return StaticCredentialsProvider.create(keys(config));
    }
    return config
        .profile()
        .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials keys(BedrockConfig config) {
    return keys(
        config.accessKeyId().orElseThrow(),
        config.secretAccessKey().orElseThrow(),
        config.sessionToken());
  }

  static AwsCredentials keys(Secret id, Secret secret, Optional<Secret> token) {
    return token
        .<AwsCredentials>map(
            session -> AwsSessionCredentials.create(id.value(), secret.value(), session.value()))
        .orElseGet(() -> AwsBasicCredentials.create(id.value(), secret.value()));
  }
}
