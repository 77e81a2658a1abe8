package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/// The JSON of a request in UTF-8. Immutable.
final class EncodedRequest {
  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] json;

  /// @param json not to be changed any more
  EncodedRequest(byte[] json) {
    this.json = json;
  }

  /// The JSON as text.
  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }

  RequestBody toBody() {
    return new SentOnce();
  }

  /// A completion costs money and is not to be asked for twice: the HTTP client must not repeat it
  /// by itself, which it does after some failures and statuses (408, 503).
  private final class SentOnce extends RequestBody {
    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return json.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(json);
    }
  }
}
