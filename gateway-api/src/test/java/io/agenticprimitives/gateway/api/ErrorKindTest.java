package io.agenticprimitives.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorKindTest {

  @ParameterizedTest
  @CsvSource({
    "400,400", "401,502", "402,502", "403,502", "404,404", "405,502", "408,504", "409,409",
    "413,413", "422,422", "429,429", "500,502", "501,502", "502,502", "503,503", "504,504",
    "529,503", "302,502", "599,502"
  })
  void anUpstreamStatusBecomesTheStatusOfTheCaller(int upstream, int caller) {
    assertThat(ErrorKind.ofUpstreamStatus(upstream).httpStatus()).isEqualTo(caller);
  }

  @Test
  void anExceptionKeepsEverythingWhenItIsRefined() {
    BackendException exception =
        new BackendException(ErrorKind.RATE_LIMITED, "Slow down.", new IllegalStateException("x"))
            .withRetryAfter(Duration.ofSeconds(3))
            .withUpstream(UpstreamError.ofStatus(429));

    assertThat(exception.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(exception.message()).isEqualTo("Slow down.");
    assertThat(exception.getCause()).hasMessage("x");
    assertThat(exception.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(exception.upstream().status()).isEqualTo(429);
  }

  @Test
  void aSecretDoesNotPrintItself() {
    assertThat(new Secret("sk-very-secret")).hasToString("********");
    assertThat("" + new Secret("")).isEqualTo("********");
  }
}
