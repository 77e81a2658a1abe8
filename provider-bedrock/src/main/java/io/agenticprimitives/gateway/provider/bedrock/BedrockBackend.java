package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.CallContext.Action;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// Bedrock in one account and region, unless calls or models name others.
final class BedrockBackend implements LlmBackend {
  private final String name;
  private final BedrockConfig config;
  private final String homeRegion;
  private final ConverseEncoder encoder;
  private final Optional<RemoteImages> images;
  private final Credentials credentials;
  private final BedrockClient client;
  private final ConverseExchange converse;
  private final ModelCatalog catalog;

  BedrockBackend(
      BedrockConfig config,
      BackendContext context,
      Function<String, @Nullable String> environment) {
    this(config, context, environment, PublicInternet::use);
  }

  /// @param network how pictures that callers name by their addresses are reached
  BedrockBackend(
      BedrockConfig config,
      BackendContext context,
      Function<String, @Nullable String> environment,
      Consumer<OkHttpClient.Builder> network) {
    this.name = context.backendName();
    this.config = config;
    this.homeRegion = HomeRegion.of(config, environment);
    this.credentials = new Credentials(config, context, homeRegion, environment);
    this.images =
        config
            .remoteImages()
            .filter(RemoteImagesConfig::allow)
            .map(rules -> new RemoteImages(rules, new ImageFetcher(rules, network)));
    this.encoder =
        new ConverseEncoder(
            new ConverseSettings(
                config.baseModel().orElse(""), OperatorMembers.of(config), images.isPresent()));
    this.client = new BedrockClient(context.connectTimeout(), Clock.systemUTC());
    SignedExchange signed = new SignedExchange(client);
    Endpoints endpoints = Endpoints.of(config);
    this.converse = new ConverseExchange(client, signed, endpoints);
    this.catalog = new ModelCatalog(name, client, signed, endpoints);
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    ModelName model =
        new ModelName(request.model().isEmpty() ? config.defaultModel() : request.model());
    CredentialSource source = credentials.of(call);
    String region = model.region().orElseGet(() -> regionOf(call, source));
    Map<String, HttpUrl> addresses = images.map(remote -> remote.in(request)).orElseGet(Map::of);
    if (!addresses.isEmpty()) {
      return new ConverseCall(
          name,
          client,
          runner -> {
            CompletionRequest whole = runner.interruptibly(() -> fetched(request, addresses, call));
            ConverseRequest content = encoder.encode(whole, model.id(), call);
            return converse.open(
                runner, new AddressedRequest(model, region, source, content, call));
          });
    }
    ConverseRequest content = encoder.encode(request, model.id(), call);
    AddressedRequest addressed = new AddressedRequest(model, region, source, content, call);
    return new ConverseCall(name, client, runner -> converse.open(runner, addressed));
  }

  private CompletionRequest fetched(
      CompletionRequest request, Map<String, HttpUrl> addresses, CallContext call) {
    return images.orElseThrow().fetched(request, addresses, call.remaining());
  }

  /// The region of a call goes with its own credentials only: where the operator's are used, the
  /// operator says.
  private String regionOf(CallContext call, CredentialSource source) {
    Optional<String> asked = call.credential("aws", "region").map(Secret::value);
    if (asked.isEmpty() || asked.get().equals(homeRegion)) {
      return homeRegion;
    }
    if (!source.isCallers()) {
      call.adjusted(
          "X-AWS-Region",
          Action.DROPPED,
          "A call's region counts only together with its own AWS credentials.");
      return homeRegion;
    }
    return asked
        .filter(RegionName::isValid)
        .orElseThrow(
            () ->
                new BackendException(
                    ErrorKind.INVALID_REQUEST, "X-AWS-Region does not name a region of AWS."));
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    CredentialSource source = credentials.of(call);
    return catalog.list(regionOf(call, source), source, config.defaultModel(), call);
  }

  /// The list of models proves that Bedrock is there and takes the credentials; credentials that
  /// may not list may still call.
  @Override
  public Health health(CallContext call) {
    if (credentials.areCallersOnly()) {
      return Health.reachable("Not asked: calls bring their own AWS credentials.");
    }
    try {
      catalog.foundationModels(homeRegion, credentials.of(call), call);
      return Health.OK;
    } catch (BackendException failure) {
      return switch (failure.kind()) {
        case AUTHENTICATION, UNAVAILABLE, UNREACHABLE -> Health.down(failure.message());
        default -> Health.reachable(failure.message());
      };
    }
  }

  @Override
  public void close() {
    client.close();
    credentials.close();
  }
}
