package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What Converse calls `modelId`: the id of a model or inference profile, or an ARN.
///
/// @param id as callers and AWS write it, with its colons and slashes
record ModelName(String id) {
  /// The most that AWS takes (the `modelId` of Converse in its API reference).
  private static final int MAX_LENGTH = 2048;

  private static final int ARN_PARTS = 6;

  /// @throws BackendException if it cannot be the name of a model
  ModelName {
    if (!isPossible(id)) {
      throw new BackendException(
          ErrorKind.INVALID_REQUEST,
          "model: this cannot be the id of a model or of an inference profile, nor an ARN.");
    }
  }

  /// Whether a text can be the name of a model.
  static boolean isPossible(String id) {
    return id.chars().allMatch(c -> c > ' ' && c < 0x7f)
        && id.length() <= MAX_LENGTH
        // Nothing but dots would climb out of the path.
        && !id.replace(".", "").isEmpty()
        && (!isArn(id) || RegionName.isValid(regionOf(id)));
  }

  private static boolean isArn(String id) {
    return id.startsWith("arn:");
  }

  private static String regionOf(String arn) {
    String[] parts = arn.split(":", ARN_PARTS);
    return parts.length == ARN_PARTS ? parts[3] : "";
  }

  /// The region that an ARN names: only there does the thing exist. Empty for an id.
  Optional<String> region() {
    return isArn(id) ? Optional.of(regionOf(id)) : Optional.empty();
  }

  /// The name as one segment of a path: everything is encoded but the unreserved characters of RFC
  /// 3986, as AWS's own clients do.
  String pathSegment() {
    StringBuilder segment = new StringBuilder(id.length() + 16);
    for (byte character : id.getBytes(StandardCharsets.US_ASCII)) {
      boolean unreserved =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || "-._~".indexOf(character) >= 0;
      if (unreserved) {
        segment.append((char) character);
      } else {
        segment.append('%').append("%02X".formatted(character));
      }
    }
    return segment.toString();
  }
}
