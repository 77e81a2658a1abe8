package io.agenticprimitives.gateway.api.llm;

import java.util.Objects;

/// Where the bytes of a picture, document or sound are.
public sealed interface MediaSource {

  /// In the request itself.
  ///
  /// @param mediaType `image/png` for instance; empty if the caller does not say
  /// @param base64 the bytes in base64, not checked
  record Inline(String mediaType, String base64) implements MediaSource {
    public Inline {
      Objects.requireNonNull(mediaType);
      Objects.requireNonNull(base64);
    }

    /// As a `data:` URL.
    public String toDataUrl() {
      return "data:" + mediaType + ";base64," + base64;
    }
  }

  /// At an address, as the caller wrote it.
  record Url(String url) implements MediaSource {
    public Url {
      Objects.requireNonNull(url);
    }
  }

  /// In the upstream's own store of files.
  record FileId(String id) implements MediaSource {
    public FileId {
      Objects.requireNonNull(id);
    }
  }
}
