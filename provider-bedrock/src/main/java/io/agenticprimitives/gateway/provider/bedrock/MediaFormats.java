package io.agenticprimitives.gateway.provider.bedrock;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The formats of pictures, documents and sounds in Bedrock's words.
final class MediaFormats {
  private static final Map<String, String> IMAGES =
      Map.of(
          "image/png", "png",
          "image/jpeg", "jpeg",
          "image/jpg", "jpeg",
          "image/gif", "gif",
          "image/webp", "webp");

  private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "application/pdf",
          "pdf",
          "text/csv",
          "csv",
          "application/msword",
          "doc",
          OFFICE + "wordprocessingml.document",
          "docx",
          "application/vnd.ms-excel",
          "xls",
          OFFICE + "spreadsheetml.sheet",
          "xlsx",
          "text/html",
          "html",
          "text/plain",
          "txt",
          "text/markdown",
          "md");

  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("pdf", "pdf"),
          Map.entry("csv", "csv"),
          Map.entry("doc", "doc"),
          Map.entry("docx", "docx"),
          Map.entry("xls", "xls"),
          Map.entry("xlsx", "xlsx"),
          Map.entry("html", "html"),
          Map.entry("htm", "html"),
          Map.entry("txt", "txt"),
          Map.entry("md", "md"),
          Map.entry("markdown", "md"));

  /// Kinds of text that have no word of their own.
  private static final Set<String> OTHER_TEXT =
      Set.of("application/json", "application/xml", "application/yaml", "application/x-yaml");

  private static final Set<String> SOUNDS =
      Set.of(
          "mp3", "opus", "wav", "aac", "flac", "mp4", "ogg", "mkv", "mka", "x-aac", "m4a", "mpeg",
          "mpga", "pcm", "webm");

  private static final Map<String, String> SOUND_NAMES =
      Map.of("x-wav", "wav", "wave", "wav", "pcm16", "pcm", "x-m4a", "m4a", "x-flac", "flac");

  private MediaFormats() {}

  static Optional<String> ofImage(String mediaType) {
    return Optional.ofNullable(IMAGES.get(essence(mediaType)));
  }

  /// The format of a picture as its first bytes show it.
  static Optional<String> ofImageBytes(String base64) {
    byte[] start = start(base64);
    if (startsWith(start, 0, "\u0089PNG")) {
      return Optional.of("png");
    }
    if (startsWith(start, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of("jpeg");
    }
    if (startsWith(start, 0, "GIF8")) {
      return Optional.of("gif");
    }
    boolean webp = startsWith(start, 0, "RIFF") && startsWith(start, 8, "WEBP");
    return webp ? Optional.of("webp") : Optional.empty();
  }

  static Optional<String> ofDocument(String mediaType) {
    return Optional.ofNullable(DOCUMENTS.get(essence(mediaType)));
  }

  static Optional<String> ofDocumentBytes(String base64) {
    return startsWith(start(base64), 0, "%PDF") ? Optional.of("pdf") : Optional.empty();
  }

  /// The format that the end of a file name or address promises.
  static Optional<String> ofExtension(String name) {
    return Optional.ofNullable(EXTENSIONS.get(extension(name)));
  }

  /// The letters after the last dot, in lower case; empty if there is none.
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /// Whether the bytes can be read as text, though Bedrock has no word for the kind.
  static boolean isText(String mediaType) {
    String essence = essence(mediaType);
    return essence.startsWith("text/") || OTHER_TEXT.contains(essence);
  }

  /// @param format the caller's word, possibly empty
  static Optional<String> ofSound(String format, String mediaType) {
    String essence = essence(mediaType);
    String subtype = essence.substring(essence.indexOf('/') + 1);
    String word = format.isEmpty() ? subtype : format.toLowerCase(Locale.ROOT);
    String known = SOUND_NAMES.getOrDefault(word, word);
    return SOUNDS.contains(known) ? Optional.of(known) : Optional.empty();
  }

  /// The media type without its parameters, in lower case.
  private static String essence(String mediaType) {
    int end = mediaType.indexOf(';');
    String essence = end < 0 ? mediaType : mediaType.substring(0, end);
    return essence.strip().toLowerCase(Locale.ROOT);
  }

  /// Up to twelve bytes.
  private static byte[] start(String base64) {
    return Base64.getDecoder().decode(base64.substring(0, Math.min(base64.length(), 16)));
  }

  /// @param signature one character for each byte
  private static boolean startsWith(byte[] bytes, int offset, String signature) {
    if (bytes.length < offset + signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      if ((bytes[offset + i] & 0xff) != signature.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
