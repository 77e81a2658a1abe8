package io.agenticprimitives.gateway.provider.bedrock;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS Signature Version 4 by its specification, without AWS's library.
///
/// @param service the signing name
record IndependentSigner(String keyId, String secret, String region, String service) {

  /// The value of `Authorization`.
  ///
  /// @param sentPath as it is sent; it is encoded once more here
  /// @param query in canonical form already
  /// @param signedHeaders all headers that are signed, with `x-amz-date`
  String authorization(
      String method,
      String sentPath,
      String query,
      Map<String, String> signedHeaders,
      byte[] body) {
    Map<String, String> headers = new TreeMap<>();
    signedHeaders.forEach(
        (name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.strip()));
    String names = String.join(";", headers.keySet());
    String lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    String canonical = String.join("\n", method, encode(sentPath), query, lines, names, hash(body));
    String time = headers.getOrDefault("x-amz-date", "");
    String date = time.substring(0, 8);
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, hash(canonical));
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(keyId, scope, names, HexFormat.of().formatHex(mac(key(date), toSign)));
  }

  private byte[] key(String date) {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {date, region, service, "aws4_request"}) {
      key = mac(key, part);
    }
    return key;
  }

  private static String hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte character : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = Character.isLetterOrDigit(character) || "-._~/".indexOf(character) >= 0;
      encoded.append(plain ? (char) character : "%%%02X".formatted(character));
    }
    return encoded.toString();
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
