package com.example.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Writes where pictures and documents are.
final class Media {
  private Media() {}

  static ObjectNode image(MediaSource source, String path) {
    return switch (source) {
      case MediaSource.Inline inline when inline.mediaType().startsWith("image/") -> base64(inline);
      case MediaSource.Inline _ -> throw Notes.unsupported(path, "a picture of this media type");
      default -> elsewhere(source, path);
    };
  }

  /// PDF goes as it is, text as text.
  static ObjectNode document(MediaSource source, String path) {
    return switch (source) {
      case MediaSource.Inline inline when inline.mediaType().equals("application/pdf") ->
          base64(inline);
      case MediaSource.Inline inline when inline.mediaType().startsWith("text/plain") ->
          Json.object()
              .put("type", "text")
              .put("media_type", "text/plain")
              .put("data", decoded(inline, path));
      case MediaSource.Inline _ -> throw Notes.unsupported(path, "a document of this media type");
      default -> elsewhere(source, path);
    };
  }

  private static ObjectNode elsewhere(MediaSource source, String path) {
    return switch (source) {
      case MediaSource.Url url -> Json.object().put("type", "url").put("url", url.url());
      case MediaSource.FileId file -> Json.object().put("type", "file").put("file_id", file.id());
      default -> throw Notes.unsupported(path, "content from this kind of source");
    };
  }

  private static ObjectNode base64(MediaSource.Inline inline) {
    return Json.object()
        .put("type", "base64")
        .put("media_type", inline.mediaType())
        .put("data", inline.base64());
  }

  private static String decoded(MediaSource.Inline inline, String path) {
    try {
      return new String(Base64.getDecoder().decode(inline.base64()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw new BackendException(
              ErrorKind.INVALID_REQUEST, "The document is not base64.", notBase64)
          .withParameter(path);
    }
  }
}
