package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.tracing.CallTrace;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads what the headers of a request say about its call: who shall serve it, how strictly, and
/// with which credentials.
final class CallHeaders {
  private static final String CREDENTIAL_PREFIX = "x-cred-";
  private static final String AWS = "aws/";

  /// A credential must not be able to say where it is sent to.
  private static final List<String> ADDRESS_WORDS =
      List.of("url", "uri", "host", "endpoint", "origin", "port");

  private CallHeaders() {}

  /// @param strict whether the operator wants every call to be strict
  /// @throws RequestRefusedException if a header says something that cannot be done
  static CallOptions read(HttpServletRequest request, String requestId, boolean strict) {
    Map<String, Secret> credentials = new HashMap<>();
    readServiceCredentials(request, credentials);
    readAwsCredentials(request, credentials);
    return new CallOptions(
        requestId,
        header(request, HeaderNames.PROVIDER_LLM),
        header(request, HeaderNames.PROVIDER),
        credentials,
        header(request, "Authorization").map(Secret::new),
        strict || isStrict(request),
        Optional.ofNullable((String) request.getAttribute(CallTrace.TRACE_PARENT)));
  }

  private static boolean isStrict(HttpServletRequest request) {
    Optional<String> mode = header(request, HeaderNames.GATEWAY_MODE);
    if (mode.isPresent() && !mode.get().equalsIgnoreCase("strict")) {
      throw refused(HeaderNames.GATEWAY_MODE + " can only be 'strict'.");
    }
    return mode.isPresent();
  }

  /// `X-Cred-<service>-<key>`: the service ends at the first hyphen; hyphens of the key are
  /// underscores.
  private static void readServiceCredentials(
      HttpServletRequest request, Map<String, Secret> credentials) {
    for (String name : Collections.list(request.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      int hyphen = lower.indexOf('-', CREDENTIAL_PREFIX.length());
      if (!lower.startsWith(CREDENTIAL_PREFIX) || hyphen < 0) {
        continue;
      }
      String service = lower.substring(CREDENTIAL_PREFIX.length(), hyphen);
      String key = lower.substring(hyphen + 1).replace('-', '_');
      if (service.isEmpty() || key.isEmpty() || ADDRESS_WORDS.stream().anyMatch(key::contains)) {
        continue;
      }
      header(request, name).ifPresent(value -> put(credentials, service + "/" + key, value));
    }
  }

  /// `X-AWS-...`: half a pair of keys is refused, because the call would go out with the gateway's
  /// own without anybody noticing.
  private static void readAwsCredentials(
      HttpServletRequest request, Map<String, Secret> credentials) {
    Optional<String> accessKey = header(request, "X-AWS-Access-Key-Id");
    Optional<String> secretKey = header(request, "X-AWS-Secret-Access-Key");
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw refused("X-AWS-Access-Key-Id and X-AWS-Secret-Access-Key go together; one is missing.");
    }
    if (accessKey.isEmpty()) {
      return;
    }
    put(credentials, AWS + "access_key_id", accessKey.get());
    secretKey.ifPresent(key -> put(credentials, AWS + "secret_access_key", key));
    header(request, "X-AWS-Session-Token")
        .ifPresent(token -> put(credentials, AWS + "session_token", token));
    header(request, "X-AWS-Region").ifPresent(region -> put(credentials, AWS + "region", region));
  }

  private static void put(Map<String, Secret> credentials, String key, String value) {
    credentials.put(key, new Secret(value));
  }

  /// A header that is there and says something.
  private static Optional<String> header(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static RequestRefusedException refused(String detail) {
    return new RequestRefusedException(Failure.of(400, "invalid_request", detail));
  }
}
