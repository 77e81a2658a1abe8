package io.agenticprimitives.gateway.provider.bedrock;

/// The lists of blocks in a Converse request, and the members that they take in Bedrock's own form.
/// Converse takes pictures and files from users only, citations from the model only.
enum Place {
  SYSTEM,
  USER,
  ASSISTANT,
  RESULT;

  /// Whether a block of this member may stand here.
  boolean takes(String member) {
    return switch (member) {
      case "image", "document", "video", "searchResult" -> this == USER || this == RESULT;
      case "audio" -> this == USER;
      case "guardContent" -> this != RESULT;
      case "citationsContent" -> this == ASSISTANT;
      default -> false;
    };
  }
}
