package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import java.util.Optional;
import okhttp3.Headers;

/// The headers of requests. Those of the configuration go before the gateway's own, and a key that
/// came with the call before both. Thread-safe.
final class RequestHeaders {
  private static final String AUTHORIZATION = "Authorization";
  private static final String REQUEST_ID = "X-Client-Request-Id";

  private final Headers always;
  private final Optional<Secret> apiKey;

  RequestHeaders(OpenAICompatibleConfig config) {
    this.apiKey = config.apiKey();
    Headers.Builder headers = new Headers.Builder();
    headers.set("User-Agent", userAgent());
    // Compression would hold back the events of a stream.
    headers.set("Accept-Encoding", "identity");
    config.organization().ifPresent(name -> headers.set("OpenAI-Organization", name));
    config.project().ifPresent(name -> headers.set("OpenAI-Project", name));
    config.headers().forEach((name, value) -> headers.set(name, value.value()));
    if (config.base().isPlain()) {
      // With TLS the proxy gets its credentials when it is asked for a tunnel.
      config
          .proxy()
          .flatMap(proxy -> ProxyAddress.parse(proxy).credentials())
          .ifPresent(credentials -> headers.set("Proxy-Authorization", credentials.value()));
    }
    this.always = headers.build();
  }

  private static String userAgent() {
    String version = RequestHeaders.class.getPackage().getImplementationVersion();
    return "agentic-primitives-gateway" + (version == null ? "" : "/" + version);
  }

  /// @param accept the media types that the answer may have
  Headers forCall(CallContext call, String accept) {
    Headers.Builder headers = always.newBuilder();
    if (always.get("Accept") == null) {
      headers.set("Accept", accept);
    }
    if (always.get(REQUEST_ID) == null) {
      headers.set(REQUEST_ID, call.requestId());
    }
    call.traceParent().ifPresent(parent -> headers.set("traceparent", parent));
    Optional<Secret> passed = call.callerAuthorization().filter(_ -> keyOfCall(call).isEmpty());
    if (passed.isPresent()) {
      headers.set(AUTHORIZATION, checked(passed.get(), AUTHORIZATION).value());
    } else {
      key(call).ifPresent(key -> headers.set(AUTHORIZATION, "Bearer " + key.value()));
    }
    return headers.build();
  }

  private Optional<Secret> key(CallContext call) {
    return keyOfCall(call).map(key -> checked(key, "X-Cred-OpenAI-Api-Key")).or(() -> apiKey);
  }

  private static Secret checked(Secret key, String header) {
    if (!HeaderRules.isValue(key.value())) {
      throw new BackendException(
          ErrorKind.INVALID_REQUEST, "The key in " + header + " has characters that no key has.");
    }
    return key;
  }

  /// The key that came with the call.
  static Optional<Secret> keyOfCall(CallContext call) {
    return call.credential("openai", "api_key").filter(key -> !key.value().isBlank());
  }
}
