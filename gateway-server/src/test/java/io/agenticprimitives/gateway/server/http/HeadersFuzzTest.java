package io.agenticprimitives.gateway.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.config.AuthConfig;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.agenticprimitives.gateway.core.config.TracingConfig;
import io.agenticprimitives.gateway.server.tracing.CallTrace;
import io.agenticprimitives.gateway.server.tracing.Tracing;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: any headers are understood or refused with a reason; what they say about
/// callers, credentials and traces is believed only in its exact form, and goes on only in a form
/// that is harmless.
class HeadersFuzzTest {
  private static final String KEY = "sk-of-a-caller";
  private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9._-]+):([\\t -~\\xA0-\\xFF]*)");
  private static final Pattern CALLERS_TRACE =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f][0-9a-f]");

  private static final Authentication AUTHENTICATION =
      new Authentication(
          new AuthConfig(
              AuthConfig.Backend.API_KEY,
              List.of(new AuthConfig.ApiKey(new Secret(KEY), "me", "user", List.of(), List.of()))));

  /// Its spans are never ended, and so never sent.
  private static final Tracing TRACING =
      Tracing.open(
              new TracingConfig(Optional.of("http://127.0.0.1:9")),
              Map.of(),
              () -> {
                throw new AssertionError("No call is served");
              })
          .orElseThrow();

  static List<Path> seeds() throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("repository.root")));
    try (Stream<Path> files = Files.list(root.resolve("fuzz/seeds/headers"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForSeeds(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }

  public static void fuzzerTestOneInput(byte[] lines) {
    HttpFields headers = headers(new String(lines, ISO_8859_1));
    HttpServletRequest request = HeadersOnly.request(headers);
    checkIds(headers);
    checkCaller(headers);
    checkAuthentication(headers.get("Authorization"), headers.get("X-Api-Key"));
    checkTrace(request, headers.get("traceparent"));
    understood(() -> CallHeaders.read(request, "r-1", false))
        .ifPresent(HeadersFuzzTest::checkOptions);
  }

  /// Lines as a server would take them.
  private static HttpFields headers(String lines) {
    HttpFields.Mutable headers = HttpFields.build();
    for (String line : lines.split("\n", 200)) {
      Matcher header = HEADER.matcher(line);
      if (header.matches()) {
        headers.add(header.group(1), header.group(2).strip());
      }
    }
    return headers;
  }

  private static void checkIds(HttpFields headers) {
    RequestIds ids = RequestIds.of(headers);
    assertThat(List.of(ids.request(), ids.correlation()))
        .allMatch(id -> id.matches("[A-Za-z0-9._-]{1,128}"));
    headers.forEach(header -> assertThat(HeaderValues.ascii(header.getValue())).matches("[ -~]*"));
  }

  private static void checkCaller(HttpFields headers) {
    understood(
        () ->
            CallerProfile.of(
                headers.get("User-Agent"),
                headers.get(HeaderNames.GATEWAY_TOOL_EVENTS),
                ServerConfig.DEFAULT));
  }

  private static void checkAuthentication(@Nullable String authorization, @Nullable String apiKey) {
    String said = authorization == null ? "" : authorization;
    String given = said.matches("(?i)bearer .*") ? said.substring("bearer ".length()) : apiKey;
    assertThat(AUTHENTICATION.authenticate(authorization, apiKey).isPresent())
        .isEqualTo(given != null && given.strip().equals(KEY));
  }

  private static void checkTrace(HttpServletRequest request, @Nullable String traceParent) {
    CallTrace trace = TRACING.begin(request, System.nanoTime());
    assertThat((String) request.getAttribute(CallTrace.TRACE_PARENT))
        .matches("00-" + trace.traceId() + "-[0-9a-f]{16}-[0-9a-f]{2}");
    Matcher callers = CALLERS_TRACE.matcher(traceParent == null ? "" : traceParent);
    if (callers.matches()) {
      assertThat(trace.traceId()).isEqualTo(callers.group(1));
    }
  }

  private static void checkOptions(CallOptions options) {
    assertThat(options.credentials().keySet())
        .allMatch(key -> key.matches("[^/]+/[^/-]+"))
        .noneMatch(key -> key.matches("(?!aws/).*/.*(?:url|uri|host|endpoint|origin|port).*"));
    assertThat(Stream.of(options.backend(), options.anyBackend()).flatMap(Optional::stream))
        .allMatch(name -> !name.isBlank());
    assertThat(options.authorization().map(Secret::value).orElse("x")).isNotBlank();
  }

  private static <T> Optional<T> understood(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (RequestRefusedException refused) {
      assertThat(refused.failure().status()).isEqualTo(400);
      assertThat(refused.failure().detail()).isNotBlank().matches("[ -~]+");
      return Optional.empty();
    }
  }
}
