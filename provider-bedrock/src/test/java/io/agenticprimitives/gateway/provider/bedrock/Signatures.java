package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.testkit.RecordedRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Signs again what a server has received. The tests of the distribution use it, too.
public final class Signatures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Signatures() {}

  /// The value that `Authorization` must have for a request as it came.
  public static String of(RecordedRequest request, String secret) {
    String authorization = request.header("Authorization").orElseThrow();
    List<String> scope =
        Arrays.asList(authorization.replaceAll(".*Credential=([^,]*),.*", "$1").split("/", -1));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name :
        authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1").split(";", -1)) {
      headers.put(name, request.header(name).orElseThrow());
    }
    String[] target = request.target().split("\\?", 2);
    String query =
        target.length < 2
            ? ""
            : Arrays.stream(target[1].split("&", -1))
                .sorted()
                .reduce((a, b) -> a + "&" + b)
                .orElse("");
    return new IndependentSigner(scope.get(0), secret, scope.get(2), scope.get(3))
        .authorization(request.method(), target[0], query, headers, request.body());
  }

  /// When a request was signed.
  static Instant time(RecordedRequest request) {
    return TIME.parse(request.header("X-Amz-Date").orElseThrow(), Instant::from);
  }
}
