package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorDecoderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"It broke\",\"type\":\"t\",\"param\":null,\"code\":null}}",
        "{\n  \"error\": {\"message\": \"It broke\"}\n}\n",
        "{\"error\":\"It broke\"}",
        "{\"code\":\"Some prose\",\"error\":\"It broke\"}",
        "{\"object\":\"error\",\"message\":\"It broke\",\"type\":\"t\",\"code\":3051}",
        "{\"object\":\"error\",\"message\":{\"detail\":[{\"msg\":\"It broke\"}]}}",
        "{\"detail\":\"It broke\"}",
        "{\"detail\":{\"error\":{\"message\":\"It broke\"}}}",
        "{\"message\":\"It broke\"}",
        "{\"Message\":\"It broke\"}",
        "{\"msg\":\"It broke\"}",
        "{\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"It broke\"}]}",
        "{\"error\":\"server_error\",\"error_description\":\"It broke\",\"message\":\"It broke\"}",
        "{\"title\":\"It broke\",\"status\":400}",
        "[{\"error\":{\"code\":400,\"message\":\"It broke\",\"status\":\"INVALID_ARGUMENT\"}}]",
        "\"It broke\"",
        "It broke",
        "\uFEFF  It \u0000broke\n",
        "{\"error\":{\"message\":{\"text\":1,\"message\":\"It broke\"}}}"
      })
  void everyShapeGivesTheUpstreamsWords(String body) {
    BackendException failure = decode(400, body);
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    if (!body.contains("server_error")) {
      assertThat(failure.message()).isEqualTo("It broke");
    }
  }

  @Test
  void faultsOfFastApiSayWhereTheyAre() {
    String body =
        "{\"detail\":[{\"loc\":[\"body\",\"messages\",0],\"msg\":\"field"
            + " required\",\"type\":\"x\"},{\"loc\":[\"body\",\"n\"],\"msg\":\"too large\"}]}";
    assertThat(decode(422, body).message())
        .isEqualTo("body.messages.0: field required; body.n: too large");
  }

  @Test
  void theErrorOfTheServerBehindARouterIsAppended() {
    String body =
        "{\"error\":{\"message\":\"Provider returned error\",\"code\":400,\"metadata\":{\"raw\":%s,"
            + "\"provider_name\":\"Google\"}},\"user_id\":\"user_secret\"}";
    assertThat(
            decode(400, body.formatted("\"{\\\"error\\\":{\\\"message\\\":\\\"Not enabled\\\"}}\""))
                .message())
        .isEqualTo("Provider returned error: Google: Not enabled");
    assertThat(decode(400, body.formatted("\"plain words\"")).message())
        .isEqualTo("Provider returned error: Google: plain words");
    assertThat(decode(400, body.formatted("{\"message\":\"an object\"}")).message())
        .isEqualTo("Provider returned error: Google: an object");
    assertThat(decode(400, body.formatted("null")).message()).isEqualTo("Provider returned error");
  }

  @Test
  void whatTheModelHadWrittenIsShown() {
    String body =
        "{\"error\":{\"message\":\"Failed to call a function.\",\"failed_generation\":\"<f={}\"}}";
    assertThat(decode(400, body).message())
        .isEqualTo("Failed to call a function. (the model had written: <f={})");
  }

  @ParameterizedTest
  @CsvSource({
    "301, UPSTREAM_FAILURE",
    "400, INVALID_REQUEST",
    "401, AUTHENTICATION",
    "402, UPSTREAM_FAILURE",
    "403, PERMISSION",
    "404, NOT_FOUND",
    "408, TIMEOUT",
    "409, CONFLICT",
    "413, TOO_LARGE",
    "422, UNPROCESSABLE",
    "429, RATE_LIMITED",
    "500, UPSTREAM_FAILURE",
    "501, UPSTREAM_FAILURE",
    "503, OVERLOADED",
    "504, TIMEOUT",
    "529, OVERLOADED",
    "599, UPSTREAM_FAILURE"
  })
  void theStatusLineDecidesTheKindWhateverTheBodySays(int status, ErrorKind kind) {
    BackendException failure = decode(status, "{\"error\":{\"message\":\"m\",\"code\":418}}");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.upstream()).isEqualTo(new UpstreamError(status, "", "418", "", "req-1"));
    assertThat(failure.message()).endsWith("m");
    assertThat(decode(status, "").message()).contains(String.valueOf(status));
  }

  @Test
  void refusedCredentialsAreSaidToBeThoseOfTheBackend() {
    assertThat(decode(401, "{\"error\":\"Unauthorized\"}").message())
        .isEqualTo("The upstream refuses the credentials of this backend (401 Unauthorized)");
    assertThat(decode(403, "{\"error\":\"Not yours\"}").message())
        .isEqualTo(
            "The credentials of this backend do not permit this call (403 Forbidden): Not yours");
  }

  @Test
  void namesMayBeNumbersAndAreCleaned() {
    String body =
        "{\"error\":{\"message\":\"m\",\"type\":7,\"code\":\"a\\u0007b\",\"param\":{\"x\":1}}}";
    assertThat(decode(500, body).upstream())
        .isEqualTo(new UpstreamError(500, "7", "ab", "", "req-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html><head><TITLE class=x>502 Bad Gateway</title></head><body>nginx/1.2 at"
            + " 10.0.0.7</body></html> | The upstream answered 502 Bad Gateway",
        "<!DOCTYPE html><title>Acme &amp; Co</title> | The upstream answered 502 Bad Gateway: Acme"
            + " & Co",
        "<html><body>nothing</body></html> | The upstream answered 502 Bad Gateway",
        "<?xml version='1.0'?><Error/> | The upstream answered 502 Bad Gateway"
      })
  void ofPagesOnlyTheTitleIsTold(String page, String message) {
    assertThat(decode(502, page).message()).isEqualTo(message);
  }

  @Test
  void textThatIsSaidToBeAPageIsNotTold() {
    BackendException failure =
        ErrorDecoder.decode(500, null, null, "Text/HTML; charset=x", Answer.stream("words"));
    assertThat(failure.message()).isEqualTo("The upstream answered 500 Internal Server Error");
  }

  @Test
  void aLongOrEndlessOrBrokenBodyCostsNoMoreThanTheLimit() {
    String start = "{\"error\":{\"message\":\"";
    BackendException endless =
        ErrorDecoder.decode(500, null, null, null, RepeatedBody.of(start, "x", Long.MAX_VALUE, ""));
    assertThat(endless.message()).hasSizeLessThan(UpstreamText.MAX_MESSAGE + 200);
    byte[] body = "It broke and".getBytes(StandardCharsets.UTF_8);
    BackendException broken =
        ErrorDecoder.decode(400, null, null, null, CutBody.broken(body, new IOException("reset")));
    assertThat(broken.message()).isEqualTo("It broke and");
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "0, 0", "1.5, 1500", "' 7 ', 7000", "99999999999, 86400000"})
  void retryAfterMayBeSeconds(String header, long millis) {
    assertThat(RetryAfter.parse(header, Instant.EPOCH)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "soon", "-1", "1s", "Thu, 99 Jan 1970 00:01:00 GMT", "NaN"})
  void retryAfterThatCannotBeReadIsNone(String header) {
    assertThat(RetryAfter.parse(header, Instant.EPOCH)).isEmpty();
  }

  @Test
  void retryAfterMayBeADate() {
    String header = "Thu, 01 Jan 1970 00:01:00 GMT";
    assertThat(RetryAfter.parse(header, Instant.EPOCH)).contains(Duration.ofMinutes(1));
    assertThat(RetryAfter.parse(header, Instant.ofEpochSecond(90))).contains(Duration.ZERO);
    assertThat(RetryAfter.parse(null, Instant.EPOCH)).isEmpty();
    BackendException failure = ErrorDecoder.decode(429, "3", null, null, Answer.stream("x"));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
  }

  private static BackendException decode(int status, String body) {
    return ErrorDecoder.decode(status, null, "req-1", "application/json", Answer.stream(body));
  }
}
