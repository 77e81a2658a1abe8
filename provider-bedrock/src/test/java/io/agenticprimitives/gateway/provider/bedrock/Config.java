package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.config.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A configuration of which tests change a part. Not to be changed once it is built.
final class Config {
  private final URI endpoint;
  private Optional<String> region = Optional.empty();
  private Optional<String> profile = Optional.empty();
  private Optional<String> roleArn = Optional.empty();
  private Optional<Secret> keyId = Optional.empty();
  private Optional<Secret> secret = Optional.empty();
  private Optional<Secret> token = Optional.empty();
  private Optional<Secret> apiKey = Optional.empty();

  private Optional<RemoteImagesConfig> remoteImages = Optional.empty();

  private Config(URI endpoint) {
    this.endpoint = endpoint;
  }

  static Config at(URI endpoint) {
    return new Config(endpoint);
  }

  Config withKeys() {
    keyId = Optional.of(new Secret(Setup.KEY_ID));
    secret = Optional.of(new Secret(Setup.SECRET));
    return this;
  }

  Config withToken(String value) {
    token = Optional.of(new Secret(value));
    return this;
  }

  Config withApiKey(String value) {
    apiKey = Optional.of(new Secret(value));
    return this;
  }

  Config withRole(String arn) {
    roleArn = Optional.of(arn);
    return this;
  }

  Config withProfile(String name) {
    profile = Optional.of(name);
    return this;
  }

  Config withRegion(String name) {
    region = Optional.of(name);
    return this;
  }

  Config withImages(RemoteImagesConfig rules) {
    remoteImages = Optional.of(rules);
    return this;
  }

  BedrockConfig build() {
    return new BedrockConfig(
        region,
        "us.anthropic.claude-sonnet-4-20250514-v1:0",
        Optional.of(endpoint),
        profile,
        roleArn,
        "agentic-primitives-gateway",
        Optional.empty(),
        keyId,
        secret,
        token,
        apiKey,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        remoteImages);
  }
}
