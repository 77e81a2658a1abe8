package io.agenticprimitives.gateway.provider.bedrock;

import java.util.Optional;

/// Where Bedrock finds the bytes of a picture, document or sound.
sealed interface MediaBytes {

  /// In the request.
  ///
  /// @param base64 in the standard alphabet, padded
  record Inline(String base64) implements MediaBytes {}

  /// In S3.
  ///
  /// @param bucketOwner the account that owns the bucket, if it is not the caller's own
  record S3(String uri, Optional<String> bucketOwner) implements MediaBytes {}
}
