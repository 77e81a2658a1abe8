package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// What is signed is signed as AWS does it, by two signers that share nothing.
class RequestSignerTest {
  private static final String KEY_ID = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final AwsCredentialsIdentity KEYS = AwsBasicCredentials.create(KEY_ID, SECRET);
  private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
  private static final Clock CLOCK = Clock.fixed(TIME, ZoneOffset.UTC);
  private static final byte[] BODY = "{\"messages\":[]}".getBytes(StandardCharsets.UTF_8);

  private static Request sign(
      RequestSigner signer, String url, byte[] body, AwsCredentialsIdentity keys) {
    HttpUrl address = HttpUrl.get(url);
    Request.Builder request = new Request.Builder().url(address);
    signer.sign(request, body.length == 0 ? "GET" : "POST", address, body, keys, "us-east-1");
    return request.build();
  }

  /// Signs again what the request's own `SignedHeaders` name.
  private static String recomputed(Request request, byte[] body, String query) {
    Map<String, String> headers = new LinkedHashMap<>();
    String authorization = Objects.requireNonNull(request.header("Authorization"));
    String names = authorization.split("SignedHeaders=", 2)[1].split(",", 2)[0];
    for (String name : names.split(";", -1)) {
      headers.put(
          name,
          switch (name) {
            case "host" -> request.url().host() + port(request.url());
            case "content-type" -> "application/json";
            default -> Objects.requireNonNull(request.header(name), name);
          });
    }
    assertThat(headers).containsKeys("host", "x-amz-date");
    assertThat(headers.containsKey("content-type")).isEqualTo(body.length > 0);
    return new IndependentSigner(KEY_ID, SECRET, "us-east-1", "bedrock")
        .authorization(
            body.length == 0 ? "GET" : "POST", request.url().encodedPath(), query, headers, body);
  }

  private static String port(HttpUrl url) {
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port();
  }

  /// The values are from AWS's documentation of Signature Version 4 and its published test suite.
  @Test
  void theIndependentSignerAgreesWithAwsPublishedExamples() {
    IndependentSigner vanilla = new IndependentSigner(KEY_ID, SECRET, "us-east-1", "service");
    Map<String, String> headers =
        Map.of("Host", "example.amazonaws.com", "X-Amz-Date", "20150830T123600Z");
    assertThat(vanilla.authorization("GET", "/", "", headers, new byte[0]))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature="
                + "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    IndependentSigner iam = new IndependentSigner(KEY_ID, SECRET, "us-east-1", "iam");
    Map<String, String> iamHeaders =
        Map.of(
            "Host",
            "iam.amazonaws.com",
            "X-Amz-Date",
            "20150830T123600Z",
            "Content-Type",
            "application/x-www-form-urlencoded; charset=utf-8");
    assertThat(
            iam.authorization(
                "GET", "/", "Action=ListUsers&Version=2010-05-08", iamHeaders, new byte[0]))
        .endsWith("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us.anthropic.claude-sonnet-4-20250514-v1:0",
        "amazon.nova-lite-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/1arbu5hu2sjr",
        "arn:aws:bedrock:us-east-1:123456789012:prompt/ABC:3",
        "a~b_c-d.e+f@g(h)"
      })
  void modelNamesAreSignedEncodedOnceMoreThanTheyAreSent(String model) {
    String url =
        "https://bedrock-runtime.us-east-1.amazonaws.com/model/"
            + new ModelName(model).pathSegment()
            + "/converse-stream";
    Request request = sign(new RequestSigner(CLOCK), url, BODY, KEYS);
    assertThat(request.url().toString()).isEqualTo(url);
    assertThat(request.header("Authorization")).isEqualTo(recomputed(request, BODY, ""));
    assertThat(request.header("X-Amz-Date")).isEqualTo("20150830T123600Z");
    assertThat(request.header("x-amz-content-sha256")).isEqualTo(IndependentSigner.hash(BODY));
  }

  @Test
  void aSessionTokenIsSentAndSigned() {
    AwsCredentialsIdentity session = AwsSessionCredentials.create(KEY_ID, SECRET, "token/+=");
    Request request =
        sign(
            new RequestSigner(CLOCK),
            "http://127.0.0.1:8080/prefix/model/m/converse",
            BODY,
            session);
    assertThat(request.header("X-Amz-Security-Token")).isEqualTo("token/+=");
    assertThat(request.header("Authorization"))
        .contains("x-amz-security-token")
        .isEqualTo(recomputed(request, BODY, ""));
  }

  @Test
  void queriesOfListsAreSigned() {
    Request request =
        sign(
            new RequestSigner(CLOCK),
            "https://bedrock.us-east-1.amazonaws.com/inference-profiles?maxResults=1000"
                + "&type=APPLICATION&nextToken=a%2Fb%2Bc%3D%3D",
            new byte[0],
            KEYS);
    assertThat(request.header("Authorization"))
        .isEqualTo(
            recomputed(
                request,
                new byte[0],
                "maxResults=1000&nextToken=a%2Fb%2Bc%3D%3D&type=APPLICATION"));
  }

  @Test
  void aClockThatIsOffIsCorrectedByAwsTime() {
    Instant aws = TIME.plus(Duration.ofHours(7));
    RequestSigner signer = new RequestSigner(CLOCK);
    assertThat(signer.correct("20150830T123600Z", aws)).isTrue();
    Request request = sign(signer, "https://h/model/m/converse", BODY, KEYS);
    assertThat(request.header("X-Amz-Date")).isEqualTo("20150830T193600Z");
    assertThat(request.header("Authorization")).isEqualTo(recomputed(request, BODY, ""));
  }

  @Test
  void aClockThatIsRightIsLeftAlone() {
    RequestSigner signer = new RequestSigner(CLOCK);
    assertThat(signer.correct("20150830T123600Z", TIME.plusSeconds(200))).isFalse();
    assertThat(signer.correct("", TIME.plusSeconds(100_000))).isFalse();
    assertThat(signer.correct("nonsense", TIME.plusSeconds(100_000))).isFalse();
    Request request = sign(signer, "https://h/model/m/converse", BODY, KEYS);
    assertThat(request.header("X-Amz-Date")).isEqualTo("20150830T123600Z");
  }
}
