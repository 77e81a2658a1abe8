package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks Bedrock which models can be called in a region (ListFoundationModels and
/// ListInferenceProfiles). Thread-safe.
final class ModelCatalog {
  /// The longest list, in bytes.
  private static final int MAX_LENGTH = 16 << 20;

  private static final int PAGE_SIZE = 1000;
  private static final int MAX_PAGES = 20;

  private static final Logger log = LoggerFactory.getLogger(ModelCatalog.class);

  private final String backend;

  /// Whether the operator was told that the list is not complete.
  private final AtomicBoolean told = new AtomicBoolean();

  private final BedrockClient client;
  private final SignedExchange signed;
  private final Endpoints endpoints;

  ModelCatalog(String backend, BedrockClient client, SignedExchange signed, Endpoints endpoints) {
    this.backend = backend;
    this.client = client;
    this.signed = signed;
    this.endpoints = endpoints;
  }

  /// The models that write text, first by their own ids, then by the ids of inference profiles.
  ///
  /// @param defaultModel what is listed, with the reason, if the credentials may not list
  /// @throws BackendException if the upstream fails
  List<ModelInfo> list(
      String region, CredentialSource credentials, String defaultModel, CallContext call) {
    ModelEntries entries = new ModelEntries();
    try {
      entries.addFoundationModels(foundationModels(region, credentials, call));
      addProfiles(entries, "SYSTEM_DEFINED", region, credentials, call);
      addProfiles(entries, "APPLICATION", region, credentials, call);
    } catch (BackendException refused) {
      if (!meansNoList(refused)) {
        throw refused;
      }
      if (!told.getAndSet(true)) {
        log.warn("Backend '{}' cannot list all models: {}", backend, refused.message());
      }
      String reason = "The list is not complete, because Bedrock refused it: " + refused.message();
      call.adjusted("models", CallContext.Action.CHANGED, reason);
      entries.addUnlisted(defaultModel, reason);
    }
    return entries.models();
  }

  /// A policy that allows calls need not allow lists, and an endpoint of one's own need not have
  /// them.
  private static boolean meansNoList(BackendException failure) {
    return failure.kind() == ErrorKind.PERMISSION
        || failure.kind() == ErrorKind.NOT_FOUND
        || failure.upstream().status() == 405
        || failure.upstream().status() == 501;
  }

  /// The answer of ListFoundationModels.
  JsonNode foundationModels(String region, CredentialSource credentials, CallContext call) {
    return get(endpoints.control(region, "foundation-models"), region, credentials, call);
  }

  private void addProfiles(
      ModelEntries entries,
      String type,
      String region,
      CredentialSource credentials,
      CallContext call) {
    HttpUrl first =
        endpoints
            .control(region, "inference-profiles")
            .newBuilder()
            .addQueryParameter("maxResults", Integer.toString(PAGE_SIZE))
            .addQueryParameter("type", type)
            .build();
    HttpUrl url = first;
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode answer = get(url, region, credentials, call);
      entries.addProfiles(answer);
      String next = answer.path("nextToken").asText("");
      if (next.isEmpty()) {
        return;
      }
      url = first.newBuilder().addQueryParameter("nextToken", next).build();
    }
  }

  private JsonNode get(HttpUrl url, String region, CredentialSource credentials, CallContext call) {
    SignedExchange.Outcome outcome =
        signed.send(
            new DirectRunner(backend),
            credentials,
            identity -> client.get(url, identity, region, call));
    Response response = outcome.response();
    try {
      byte[] body = response.body().byteStream().readNBytes(MAX_LENGTH + 1);
      if (body.length > MAX_LENGTH) {
        throw AnswerFailures.tooLong("a list of models", MAX_LENGTH);
      }
      return ResponseJson.tree(body);
    } catch (JacksonException notJson) {
      throw AnswerFailures.notWhatWasAsked("a list of models", "", "", notJson);
    } catch (IOException broken) {
      throw ConnectionFailures.of(backend, broken);
    } finally {
      client.release(response);
    }
  }
}
