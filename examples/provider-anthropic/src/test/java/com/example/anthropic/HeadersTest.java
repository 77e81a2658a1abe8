package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who calls, with which key, and in which version.
class HeadersTest {
  private final ProviderUnderTest provider = new ProviderUnderTest();

  @AfterEach
  void close() {
    provider.close();
  }

  private RecordedRequest sent() {
    provider.upstream.enqueue(Sse.complete(Sse.HELLO));
    provider.complete(Requests.HELLO);
    return provider.sent();
  }

  @Test
  void theConfiguredKeyGoesUnlessTheCallHasItsOwn() {
    RecordedRequest configured = sent();
    assertThat(configured.method() + " " + configured.target()).isEqualTo("POST /v1/messages");
    assertThat(configured.headers("x-api-key")).containsExactly(ProviderUnderTest.KEY);
    assertThat(configured.headers("anthropic-version")).containsExactly("2023-06-01");
    assertThat(configured.headers("content-type")).containsExactly("application/json");

    provider.call = new TestCall().withKey("sk-ant-of-the-call").withAuthorization("Bearer b");
    RecordedRequest own = sent();
    assertThat(own.headers("x-api-key")).containsExactly("sk-ant-of-the-call");
    assertThat(own.headers("authorization")).isEmpty();

    provider.call = new TestCall().withAuthorization("Bearer b");
    RecordedRequest passed = sent();
    assertThat(passed.headers("authorization")).containsExactly("Bearer b");
    assertThat(passed.headers("x-api-key")).isEmpty();
  }

  @Test
  void anUpstreamWithoutKeysGetsNoneAndBetasAreAskedFor() {
    AnthropicConfig config =
        new AnthropicConfig(
            URI.create(provider.upstream.uri() + "/proxy/v1/"),
            Optional.empty(),
            Optional.empty(),
            10,
            List.of("one-2026-01-01", "two"));
    provider.upstream.enqueue(Sse.complete(Sse.HELLO));
    LlmBackend backend = ProviderUnderTest.open(config);
    try (var stream = backend.stream(Requests.HELLO, provider.call)) {
      stream.next();
    } finally {
      backend.close();
    }

    RecordedRequest sent = provider.sent();
    assertThat(sent.path()).isEqualTo("/proxy/v1/messages");
    assertThat(sent.headers("x-api-key")).isEmpty();
    assertThat(sent.headers("anthropic-beta")).containsExactly("one-2026-01-01,two");
  }

  @Test
  void aKeyThatNoHeaderCanCarryIsNotShown() {
    provider.call = new TestCall().withKey("sk-ant\nInjected: 1");
    BackendException refusal =
        catchThrowableOfType(BackendException.class, () -> provider.stream(Requests.HELLO));

    assertThat(refusal.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(refusal.message()).doesNotContain("Injected");
    assertThat(refusal.getCause()).isNull();
  }

  /// Inside a gateway, too: it runs on a newer Jackson, which must not be seen here.
  @Test
  void theLibraryIsTheOneThatThisWasBuiltWith() {
    String version = System.getProperty("jackson.version");

    assertThat(new ObjectMapper().version()).hasToString(version);
    assertThat(sent().header("user-agent").orElseThrow()).endsWith(" jackson/" + version);
  }
}
