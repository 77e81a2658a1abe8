package io.agenticprimitives.gateway.provider.bedrock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signs requests with AWS Signature Version 4, by AWS's own signer: the path is encoded once more
/// than it is sent, and a session token and the digest of the body are signed too. Thread-safe.
final class RequestSigner {
  /// Both services of Bedrock sign under this name.
  private static final String SERVICE = "bedrock";

  /// AWS accepts five minutes.
  private static final Duration TOLERATED_SKEW = Duration.ofMinutes(4);

  /// Headers that the HTTP client sets itself, with the values that are signed.
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-type", "content-length");

  private static final DateTimeFormatter SIGNED_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final Clock machine;
  private volatile Duration correction = Duration.ZERO;

  /// @param machine the clock of this machine, which may be off
  RequestSigner(Clock machine) {
    this.machine = machine;
  }

  /// Adds the headers of the signature to a request.
  ///
  /// @param method of the request, `POST` for instance
  /// @param body empty if there is none
  void sign(
      Request.Builder request,
      String method,
      HttpUrl url,
      byte[] body,
      AwsCredentialsIdentity credentials,
      String region) {
    SdkHttpRequest unsigned = unsigned(method, url, body.length > 0);
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials)
                    .request(unsigned)
                    .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.offset(machine, correction)));
    for (Map.Entry<String, List<String>> header : signed.request().headers().entrySet()) {
      if (!SET_BY_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        request.header(header.getKey(), String.join(",", header.getValue()));
      }
    }
  }

  private static SdkHttpRequest unsigned(String method, HttpUrl url, boolean hasBody) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .protocol(url.scheme())
            .host(url.host())
            .port(url.port())
            .encodedPath(url.encodedPath());
    for (String name : url.queryParameterNames()) {
      unsigned.putRawQueryParameter(name, List.copyOf(url.queryParameterValues(name)));
    }
    if (hasBody) {
      unsigned.putHeader("Content-Type", BedrockClient.JSON.toString());
    }
    return unsigned.build();
  }

  /// Takes over AWS's clock if the time that was signed is so far from it that AWS refuses it.
  ///
  /// @param signedTime the header `X-Amz-Date` of the refused request
  /// @return whether it was, so that the request is to be signed again
  boolean correct(String signedTime, Instant upstreamTime) {
    Instant signed;
    try {
      signed = SIGNED_TIME.parse(signedTime, Instant::from);
    } catch (DateTimeParseException notSigned) {
      return false;
    }
    if (Duration.between(signed, upstreamTime).abs().compareTo(TOLERATED_SKEW) < 0) {
      return false;
    }
    correction = Duration.between(machine.instant(), upstreamTime);
    return true;
  }
}
