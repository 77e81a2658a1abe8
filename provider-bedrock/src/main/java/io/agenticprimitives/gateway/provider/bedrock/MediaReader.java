package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Translates the pictures, documents and sounds of one request.
final class MediaReader {
  private static final Set<String> BEDROCK_DOCUMENT_MEMBERS = Set.of("context", "citations");

  private final Reports reports;
  private final boolean remoteImages;
  private final DocumentNames documentNames;

  MediaReader(Reports reports, boolean remoteImages) {
    this.reports = reports;
    this.remoteImages = remoteImages;
    this.documentNames = new DocumentNames(reports);
  }

  DocumentNames documentNames() {
    return documentNames;
  }

  /// Bytes and what the caller says they are.
  private record Resolved(String mediaType, String location, MediaBytes bytes) {
    Optional<String> base64() {
      return bytes instanceof MediaBytes.Inline inline
          ? Optional.of(inline.base64())
          : Optional.empty();
    }
  }

  Piece.Media image(ContentBlock.Image image, String path) {
    Resolved resolved = resolve(image.source(), image.extras(), path);
    Optional<String> shown = resolved.base64().flatMap(MediaFormats::ofImageBytes);
    Optional<String> declared =
        MediaFormats.ofImage(resolved.mediaType())
            .or(() -> MediaFormats.ofImage("image/" + MediaFormats.extension(resolved.location())));
    if (shown.isPresent() && declared.isPresent() && !shown.equals(declared)) {
      reports.changed(
          path,
          "The bytes are a %s picture, not %s; Bedrock is told so."
              .formatted(shown.get(), declared.get()));
    }
    String format =
        shown
            .or(() -> declared)
            .orElseThrow(
                () -> unknown(path, "png, jpeg, gif and webp pictures", resolved.mediaType()));
    return new Piece.Media(path, "image", format, "", resolved.bytes(), Extras.NONE);
  }

  Piece.Media document(ContentBlock.Document document, String path) {
    Resolved resolved = resolve(document.source(), document.extras(), path);
    String format = documentFormat(document.name(), resolved, path);
    String name = documentNames.next(Reports.at(path, "name"), document.name(), format);
    Map<String, JsonText> members = new LinkedHashMap<>(document.extras().fields());
    members.keySet().retainAll(BEDROCK_DOCUMENT_MEMBERS);
    return new Piece.Media(path, "document", format, name, resolved.bytes(), new Extras(members));
  }

  private String documentFormat(String name, Resolved resolved, String path) {
    Optional<String> format =
        MediaFormats.ofDocument(resolved.mediaType())
            .or(() -> MediaFormats.ofExtension(name))
            .or(() -> MediaFormats.ofExtension(resolved.location()))
            .or(() -> resolved.base64().flatMap(MediaFormats::ofDocumentBytes));
    if (format.isPresent()) {
      return format.get();
    }
    if (!MediaFormats.isText(resolved.mediaType())) {
      String formats = "pdf, csv, doc, docx, xls, xlsx, html, txt and md documents";
      throw unknown(path, formats, resolved.mediaType());
    }
    reports.changed(
        path,
        "Bedrock has no word for documents of the type '%s'; it is sent as plain text."
            .formatted(resolved.mediaType()));
    return "txt";
  }

  Piece.Media audio(ContentBlock.Audio audio, String path) {
    Resolved resolved = resolve(audio.source(), audio.extras(), path);
    String format =
        MediaFormats.ofSound(audio.format(), resolved.mediaType())
            .or(() -> MediaFormats.ofSound(MediaFormats.extension(resolved.location()), ""))
            .orElseThrow(() -> unknown(path, "mp3, wav, flac, ogg and the like", audio.format()));
    return new Piece.Media(path, "audio", format, "", resolved.bytes(), Extras.NONE);
  }

  private static RuntimeException unknown(String path, String accepted, String given) {
    String kind = given.isEmpty() ? "something that does not say what it is" : "'" + given + "'";
    return Reports.unsupported(path, "Bedrock takes " + accepted + ", not " + kind + ".");
  }

  private Resolved resolve(MediaSource source, Extras extras, String path) {
    return switch (source) {
      case MediaSource.Inline inline -> inline(inline, "", path);
      case MediaSource.Url url -> address(url.url().strip(), extras, path);
      case MediaSource.FileId file ->
          throw Reports.unsupported(
              path,
              "Bedrock has no store of files, so the id '%s' means nothing to it; send the bytes."
                  .formatted(file.id()));
      default -> throw Reports.unsupported(path, "Bedrock takes no media from such a source.");
    };
  }

  private static Resolved inline(MediaSource.Inline inline, String location, String path) {
    String base64 = Base64Text.standard(inline.base64(), path);
    return new Resolved(inline.mediaType(), location, new MediaBytes.Inline(base64));
  }

  private Resolved address(String url, Extras extras, String path) {
    int colon = url.indexOf(':');
    return switch (url.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT)) {
      case "data" -> inline(dataUrl(url.substring(colon + 1), path), "", path);
      case "s3" -> new Resolved("", url, new MediaBytes.S3(url, bucketOwner(extras, path)));
      case "http", "https" -> throw notFetched(path);
      default ->
          throw Reports.invalid(path, "The address must start with data:, s3:// or https://.");
    };
  }

  /// Pictures that are fetched have their bytes in the place of the address by now.
  private RuntimeException notFetched(String path) {
    return Reports.unsupported(
        path,
        remoteImages
            ? "This backend fetches nothing but pictures from https addresses. Send the bytes as a"
                + " data: URL."
            : "Bedrock takes no web addresses, and this backend does not fetch them. Send the bytes"
                + " as a data: URL, or let the operator set remote_images.allow for pictures.");
  }

  private static Optional<String> bucketOwner(Extras extras, String path) {
    JsonText owner = extras.fields().get("bucketOwner");
    return owner == null
        ? Optional.empty()
        : Optional.of(JsonTrees.read(owner, Reports.at(path, "bucketOwner")).asText());
  }

  /// @param rest of the URL after `data:`
  private static MediaSource.Inline dataUrl(String rest, String path) {
    int comma = rest.indexOf(',');
    String head = rest.substring(0, Math.max(comma, 0));
    int marker = head.toLowerCase(Locale.ROOT).lastIndexOf(";base64");
    if (comma < 0 || marker < 0) {
      throw Reports.invalid(path, "A data: URL must be of the form data:TYPE;base64,BYTES.");
    }
    return new MediaSource.Inline(head.substring(0, marker), rest.substring(comma + 1));
  }
}
