package io.agenticprimitives.gateway.provider.bedrock;

/// One message of an event stream, its checksums found good.
final class Frame {
  private final String kind;
  private final String type;
  private final String errorMessage;
  private final byte[] payload;

  /// @param payload not copied
  Frame(String kind, String type, String errorMessage, byte[] payload) {
    this.kind = kind;
    this.type = type;
    this.errorMessage = errorMessage;
    this.payload = payload;
  }

  /// `:message-type`: `event`, `exception` or `error`.
  String kind() {
    return kind;
  }

  /// What it is: `:event-type`, `:exception-type` or `:error-code`.
  String type() {
    return type;
  }

  /// `:error-message`; empty except for errors.
  String errorMessage() {
    return errorMessage;
  }

  /// JSON, not checked. Not to be changed.
  byte[] payload() {
    return payload;
  }
}
