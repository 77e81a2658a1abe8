package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The configuration of a Bedrock backend.
///
/// Without `api_key`, keys, `profile` and `role_arn` calls use the credentials that come with them
/// or those of the gateway's machine, as `allow_server_credentials` says.
///
/// @param region whose service is called; without it that of `profile`, then AWS_REGION, then
///   AWS_DEFAULT_REGION, then us-east-1. The region in a model's ARN goes first
/// @param defaultModel for callers who name none: a model id, a profile id or an ARN
/// @param endpointUrl another address than AWS's own, for all operations
/// @param profile of the AWS configuration files
/// @param roleArn a role to assume, with the credentials given here or else the machine's
/// @param roleSessionName the name of the session of that role
/// @param externalId what the role's trust policy asks for
/// @param accessKeyId with its secret, and a token if the key is temporary
/// @param secretAccessKey of the access key
/// @param sessionToken of a temporary access key
/// @param apiKey a Bedrock API key, sent as a bearer token
/// @param fips whether the FIPS endpoints are called
/// @param dualStack whether the endpoints for IPv4 and IPv6 are called
/// @param guardrail applied to every call
/// @param performanceLatency asked for in every call
/// @param serviceTier asked for in every call
/// @param baseModel the model behind a default model whose ARN does not tell it
/// @param additionalModelRequestFields fields of the model's own in every call, as JSON text
/// @param remoteImages whether pictures are fetched that callers name by an `https` address
public record BedrockConfig(
    @Doc("AWS region; else that of the profile, AWS_REGION, AWS_DEFAULT_REGION, us-east-1.")
        Optional<String> region,
    @Doc("Model for callers who name none: a model id, an inference profile or an ARN.")
        @Default("us.anthropic.claude-sonnet-4-20250514-v1:0")
        String defaultModel,
    @Doc("Address to call instead of AWS's own, a VPC endpoint for instance.")
        Optional<URI> endpointUrl,
    @Doc("Profile of the AWS configuration files.") Optional<String> profile,
    @Doc("Role to assume.") Optional<String> roleArn,
    @Doc("Name of the session of the assumed role.") @Default("agentic-primitives-gateway")
        String roleSessionName,
    @Doc("External id that the role asks for.") Optional<Secret> externalId,
    @Doc("AWS access key id.") Optional<Secret> accessKeyId,
    @Doc("Secret of the AWS access key.") Optional<Secret> secretAccessKey,
    @Doc("Session token of a temporary AWS access key.") Optional<Secret> sessionToken,
    @Doc("Bedrock API key, sent as a bearer token.") Optional<Secret> apiKey,
    @Doc("Call the FIPS endpoints.") @Default("false") boolean fips,
    @Doc("Call the endpoints for IPv4 and IPv6.") @Default("false") boolean dualStack,
    @Doc("Guardrail applied to every call.") Optional<Guardrail> guardrail,
    @Doc("Latency asked for: standard or optimized.") Optional<Latency> performanceLatency,
    @Doc("Service tier asked for: priority, default, flex or reserved.")
        Optional<ServiceTier> serviceTier,
    @Doc("Model id behind a default model whose ARN does not tell it.") Optional<String> baseModel,
    @Doc("Fields of the model's own for every call; each value is JSON text.")
        Map<String, String> additionalModelRequestFields,
    @Doc("Pictures that callers name by an https address.")
        Optional<RemoteImagesConfig> remoteImages) {

  /// A guardrail.
  ///
  /// @param identifier its id or ARN
  /// @param version its number, or DRAFT
  /// @param trace whether answers tell what it did
  /// @param streamMode when the pieces of a stream are checked
  public record Guardrail(
      @Doc("Id or ARN of the guardrail.") String identifier,
      @Doc("Version of the guardrail.") @Default("DRAFT") String version,
      @Doc("Trace of the guardrail: enabled, disabled or enabled_full.") @Default("disabled")
          Trace trace,
      @Doc("How streams are guarded: sync (before they are sent) or async.")
          Optional<StreamMode> streamMode) {

    /// Whether a stream is checked before its pieces are sent, or beside that.
    public enum StreamMode {
      SYNC,
      ASYNC;

      String wireName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /// Whether answers tell what the guardrail did.
    public enum Trace {
      ENABLED,
      DISABLED,
      ENABLED_FULL;

      String wireName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /// How fast answers are to come.
  public enum Latency {
    STANDARD,
    OPTIMIZED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// At which terms calls are served.
  public enum ServiceTier {
    PRIORITY,
    DEFAULT,
    FLEX,
    RESERVED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public BedrockConfig {
    region.ifPresent(
        name ->
            require(RegionName.isValid(name), "region: '" + name + "' cannot be a region of AWS"));
    require(
        ModelName.isPossible(defaultModel),
        "default_model must be the id of a model or of an inference profile, or an ARN");
    endpointUrl.ifPresent(BedrockConfig::requireEndpoint);
    require(
        endpointUrl.isEmpty() || !(fips || dualStack),
        "endpoint_url cannot go with fips or dual_stack: write the address that you mean");
    requireKeys(accessKeyId, secretAccessKey, sessionToken);
    require(
        profile.isEmpty() || accessKeyId.isEmpty(),
        "profile and access_key_id are two sources of credentials; keep one");
    require(
        apiKey.isEmpty() || (profile.isEmpty() && accessKeyId.isEmpty() && roleArn.isEmpty()),
        "api_key cannot go with profile, access_key_id or role_arn; keep one");
    apiKey.ifPresent(key -> requireVisible("api_key", key));
    require(externalId.isEmpty() || roleArn.isPresent(), "external_id needs role_arn");
    require(
        roleSessionName.matches("[\\w+=,.@-]{2,64}"),
        "role_session_name must have 2 to 64 letters, digits or characters of _+=,.@-");
    additionalModelRequestFields.forEach(BedrockConfig::requireJson);
    additionalModelRequestFields =
        Collections.unmodifiableMap(new LinkedHashMap<>(additionalModelRequestFields));
  }

  private static void requireKeys(
      Optional<Secret> id, Optional<Secret> secret, Optional<Secret> token) {
    require(
        id.isPresent() == secret.isPresent(), "access_key_id and secret_access_key go together");
    require(
        token.isEmpty() || id.isPresent(),
        "session_token needs access_key_id and secret_access_key");
    id.ifPresent(key -> requireVisible("access_key_id", key));
    secret.ifPresent(key -> requireVisible("secret_access_key", key));
    token.ifPresent(key -> requireVisible("session_token", key));
  }

  private static void requireEndpoint(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    require(
        (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null,
        "endpoint_url must be an address like https://bedrock-runtime.us-east-1.amazonaws.com");
    require(
        address.getRawQuery() == null
            && address.getRawFragment() == null
            && address.getRawUserInfo() == null,
        "endpoint_url must not have a query, a fragment or a user");
  }

  private static void requireVisible(String key, Secret value) {
    require(
        CredentialText.isUsable(value.value()),
        key + " must be visible ASCII characters without spaces");
  }

  private static void requireJson(String field, String value) {
    require(
        JsonText.isValid(value),
        "additional_model_request_fields: the value of '"
            + field
            + "' must be JSON text; a string needs its own double quotes, as in '\"text\"'");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
