package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.MediaSource;

/// Gets pictures and documents that callers name by an `http` or `https` address: Converse takes
/// bytes only. Thread-safe.
interface RemoteMedia {

  /// Fetches nothing.
  RemoteMedia REFUSED =
      (url, path, call) -> {
        throw Reports.unsupported(
            path,
            "Bedrock takes no web addresses, and this gateway does not fetch them. Send the bytes"
                + " as a data: URL.");
      };

  /// Fetches what is at an address. It may block.
  ///
  /// @param path where the address stands in the caller's request
  /// @throws io.agenticprimitives.gateway.api.BackendException if it may not or cannot be fetched
  MediaSource.Inline fetch(String url, String path, CallContext call);
}
