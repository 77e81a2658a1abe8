package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.config.Secret;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// The credentials of a role that is assumed, again whenever they are about to expire.
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {
  private final AwsCredentialsProvider base;
  private final StsClient sts;
  private final StsAssumeRoleCredentialsProvider role;

  /// @param base whose credentials may assume the role; closed with this
  AssumedRole(BedrockConfig config, String region, AwsCredentialsProvider base) {
    this.base = base;
    this.sts =
        StsClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of(region))
            .fipsEnabled(config.fips())
            .dualstackEnabled(config.dualStack())
            .credentialsProvider(base)
            .build();
    this.role =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(
                request ->
                    request
                        .roleArn(config.roleArn().orElseThrow())
                        .roleSessionName(config.roleSessionName())
                        .externalId(config.externalId().map(Secret::value).orElse(null)))
            .build();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return role.resolveCredentials();
  }

  @Override
  public void close() {
    role.close();
    sts.close();
    if (base instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
