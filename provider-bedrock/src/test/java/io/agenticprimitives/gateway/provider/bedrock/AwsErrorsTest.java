package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsErrorsTest {

  private static BackendException answered(int status, @Nullable String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return AwsErrors.answered(status, AwsError.ofAnswer(type, "id-1", bytes), false);
  }

  @ParameterizedTest
  @CsvSource({
    "400, ValidationException, INVALID_REQUEST, false",
    "400, SerializationException, INVALID_REQUEST, false",
    "400, ServiceQuotaExceededException, INVALID_REQUEST, false",
    "403, AccessDeniedException, PERMISSION, false",
    "403, UnrecognizedClientException, AUTHENTICATION, false",
    "403, InvalidSignatureException, AUTHENTICATION, false",
    "403, IncompleteSignatureException, AUTHENTICATION, false",
    "403, ExpiredTokenException, AUTHENTICATION, false",
    "403, MissingAuthenticationTokenException, AUTHENTICATION, false",
    "404, ResourceNotFoundException, NOT_FOUND, false",
    "404, UnknownOperationException, NOT_FOUND, false",
    "408, ModelTimeoutException, TIMEOUT, true",
    "424, ModelErrorException, UPSTREAM_FAILURE, true",
    "424, ModelStreamErrorException, UPSTREAM_FAILURE, true",
    "429, ThrottlingException, RATE_LIMITED, true",
    "429, ModelNotReadyException, RATE_LIMITED, true",
    "500, InternalServerException, UPSTREAM_FAILURE, true",
    "503, ServiceUnavailableException, OVERLOADED, true",
    "400, ThrottlingException, RATE_LIMITED, true",
    "418, NewException, UPSTREAM_FAILURE, true",
    "413, , TOO_LARGE, false",
    "502, , UPSTREAM_FAILURE, true",
    "504, , TIMEOUT, true",
  })
  void everyErrorHasItsKind(int status, @Nullable String name, ErrorKind kind, boolean retryable) {
    String header = name == null ? null : name + ":http://internal.amazon.com/coral/com.amazon/";
    BackendException failure = answered(status, header, "{\"message\":\"Some words.\"}");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.kind().retryable()).isEqualTo(retryable);
    assertThat(failure).hasMessageContaining("Some words.");
    assertThat(failure.message()).doesNotContain("internal.amazon.com");
    assertThat(failure.upstream().status()).isEqualTo(status);
    assertThat(failure.upstream().code()).isEqualTo(name == null ? "" : name);
    assertThat(failure.upstream().requestId()).isEqualTo("id-1");
  }

  @Test
  void whatIsTheCallersFaultIsToldInAwsOwnWords() {
    assertThat(answered(400, "ValidationException", "{\"message\":\"Too hot.\"}"))
        .hasMessage("Too hot.");
    assertThat(answered(400, "ValidationException", ""))
        .hasMessage("Bedrock answered 400 ValidationException");
    assertThat(answered(429, "ThrottlingException", "{\"message\":\"Slow down.\"}"))
        .hasMessage("Bedrock answered 429 ThrottlingException: Slow down.");
  }

  @Test
  void whoseCredentialsWereRefusedIsSaid() {
    AwsError said = new AwsError("ExpiredTokenException", "Expired.", "");
    assertThat(AwsErrors.answered(403, said, true))
        .hasMessageContaining("credentials that came with the call");
    assertThat(AwsErrors.answered(403, said, false))
        .hasMessageContaining("credentials of this backend");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The model returned the following errors: Input Tokens Exceeded: Number of input tokens"
            + " exceeds maximum length.",
        "The model returned the following errors: Input is too long for requested model.",
        "prompt is too long: 208310 tokens > 200000 maximum"
      })
  void aConversationThatIsTooLongHasTheCodeThatClientsLookFor(String words) {
    BackendException failure =
        answered(400, "ValidationException", "{\"message\":\"" + words + "\"}");
    assertThat(failure.upstream().code()).isEqualTo("context_length_exceeded");
    assertThat(failure.upstream().type()).isEqualTo("ValidationException");
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authentication failed: Please make sure your API Key is valid.",
        "Invalid API Key format: Must start with pre-defined prefix"
      })
  void aWrongApiKeyIsNoMatterOfPermission(String words) {
    BackendException failure = answered(403, null, "{\"Message\":\"" + words + "\"}");
    assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(failure).hasMessageContaining(words);
  }

  @Test
  void theNameMayStandInTheBody() {
    BackendException failure =
        answered(
            429, null, "{\"__type\":\"com.amazon.coral#ThrottlingException\",\"message\":\"x\"}");
    assertThat(failure.upstream().type()).isEqualTo("ThrottlingException");
  }

  @ParameterizedTest
  @CsvSource({
    "'<html><head><title>503 Service Temporarily Unavailable</title></head></html>',"
        + " 503 Service Temporarily Unavailable",
    "upstream connect error, upstream connect error",
    "'{\"message\":', '{\"message\":'",
    "'[1]', [1]"
  })
  void bodiesThatAreNotAwsOwnAreToldAsTheyAre(String body, String words) {
    assertThat(answered(503, null, body)).hasMessage("Bedrock answered 503: " + words);
  }

  @Test
  void anEmptyBodyIsAnErrorAllTheSame() {
    assertThat(answered(500, null, "")).hasMessage("Bedrock answered 500");
  }

  @Test
  void theSignedHeadersThatAwsRepeatsAreNotPassedOn() {
    String body =
        "{\"message\":\"The request signature we calculated does not match the signature you"
            + " provided. Check your AWS Secret Access Key and signing method.\\n\\nThe Canonical"
            + " String for this request should have been\\n'POST\\n/model\\n\\nhost:x\\n"
            + "x-amz-security-token:IQoJb3JpZ2luX2VjE\\n'\"}";
    BackendException failure = answered(403, "InvalidSignatureException", body);
    assertThat(failure).hasMessageContaining("does not match");
    assertThat(failure.message()).doesNotContain("IQoJb3JpZ2luX2VjE", "Canonical", "/model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key AKIAIOSFODNN7EXAMPLE is bad",
        "Authorization=AWS4-HMAC-SHA256 Credential=ASIAIOSFODNN7EXAMPLE/x, Signature=abcdef0123",
        "Bearer ABSKQmVkcm9ja0FQSUtleS1abcd",
        "token bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t",
        "x-amz-security-token: FwoGZXIvYXdzEBYaDN",
        "call http://10.1.2.3:8080/path or 10.1.2.3 or https://vpce-1.internal.example/x"
      })
  void whatLooksLikeACredentialOrAnAddressIsTakenOut(String words) {
    String message = AwsWords.sanitised(words);
    assertThat(message)
        .contains("removed]")
        .doesNotContain(
            "IOSFODNN", "abcdef0123", "ABSKQ", "YmVkcm9", "FwoGZXIv", "10.1.2.3", "vpce");
  }

  @Test
  void whatHelpsIsKept() {
    String words =
        "User: arn:aws:sts::123456789012:assumed-role/app/i-1 is not authorized to perform:"
            + " bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/x:0"
            + " (see https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html)."
            + " Bearer token is required. isn’t";
    assertThat(AwsWords.sanitised(words)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyBodyBecomesOneShortLine(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      byte[] body = new byte[random.nextInt(9000)];
      random.nextBytes(body);
      String json = "{\"message\":" + Nonsense.json(random) + "}";
      for (byte[] bytes : new byte[][] {body, json.getBytes(StandardCharsets.UTF_8)}) {
        String message =
            AwsErrors.answered(500, AwsError.ofAnswer(null, null, bytes), false).message();
        assertThat(message.length()).isLessThan(AwsWords.MAX_MESSAGE + 100);
        assertThat(message.chars()).allMatch(character -> character >= ' ' && character != 0x7f);
      }
    }
  }
}
