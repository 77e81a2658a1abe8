package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Reads where the bytes of pictures, documents and sounds are.
final class MediaReader {
  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  /// Bedrock names documents by a short word.
  private static final Map<String, String> DOCUMENT_TYPES =
      Map.of(
          "pdf", "application/pdf",
          "csv", "text/csv",
          "doc", "application/msword",
          "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "xls", "application/vnd.ms-excel",
          "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "html", "text/html",
          "txt", "text/plain",
          "md", "text/markdown");

  private MediaReader() {}

  /// An address; a `data:` URL in base64 holds the bytes itself.
  static MediaSource url(String url) {
    int comma = url.indexOf(BASE64);
    if (url.startsWith(DATA) && comma > 0 && comma < 200) {
      return new MediaSource.Inline(
          url.substring(DATA.length(), comma), url.substring(comma + BASE64.length()));
    }
    return new MediaSource.Url(url);
  }

  /// Anthropic's `source`; empty for kinds that only Anthropic has.
  static Optional<MediaSource> anthropic(JsonNode source) {
    return switch (source.path("type").asText()) {
      case "base64" ->
          Optional.of(
              new MediaSource.Inline(
                  source.path("media_type").asText(), source.path("data").asText()));
      case "url" -> Optional.of(url(source.path("url").asText()));
      case "file" -> Optional.of(new MediaSource.FileId(source.path("file_id").asText()));
      case "text" ->
          Optional.of(
              new MediaSource.Inline(
                  source.path("media_type").asText("text/plain"),
                  Base64.getEncoder()
                      .encodeToString(
                          source.path("data").asText().getBytes(StandardCharsets.UTF_8))));
      default -> Optional.empty();
    };
  }

  /// Bedrock's picture or document; empty unless its bytes are in the request.
  static Optional<MediaSource> bedrock(JsonNode media, boolean image) {
    JsonNode bytes = media.path("source").path("bytes");
    String format = media.path("format").asText();
    String type = image ? "image/" + format : DOCUMENT_TYPES.getOrDefault(format, "");
    return bytes.isTextual()
        ? Optional.of(new MediaSource.Inline(type, bytes.textValue()))
        : Optional.empty();
  }
}
