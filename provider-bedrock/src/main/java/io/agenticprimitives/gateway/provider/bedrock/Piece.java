package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.List;
import java.util.Set;

/// A block of a Converse request before it is written: of a message, of the system prompt or of the
/// list of tools. Pieces are made from the caller's blocks and then put in an order that Converse
/// accepts.
sealed interface Piece {

  /// Where its origin stands in the caller's request, for reports.
  String path();

  /// The name of the union member that Converse knows it by, `toolUse` for instance.
  String member();

  /// Text, not blank.
  record Text(String path, String text) implements Piece {
    @Override
    public String member() {
      return "text";
    }
  }

  /// A picture, document or sound.
  ///
  /// @param member `image`, `document` or `audio`
  /// @param name of a document, unique in the request; empty for the others
  /// @param members further members in Bedrock's own words
  record Media(
      String path, String member, String format, String name, MediaBytes source, Extras members)
      implements Piece {}

  /// A block that is already in Bedrock's form.
  ///
  /// @param block the whole block, an object whose one key is the member
  record Native(String path, String member, JsonText block) implements Piece {}

  /// A call of a tool.
  ///
  /// @param id as the caller knows it until calls and results are paired, then as Bedrock takes it
  /// @param name as the caller knows it
  /// @param input an object
  /// @param type Bedrock's word for who runs the tool; empty for the caller
  record Call(String path, String id, String name, JsonText input, String type) implements Piece {

    /// Whether Bedrock ran the tool itself.
    boolean isServers() {
      return type.equals("server_tool_use");
    }

    @Override
    public String member() {
      return "toolUse";
    }
  }

  /// The result of a call.
  ///
  /// @param callId like the id of [Call]
  /// @param type Bedrock's word for the tool that gave it; empty for a tool of the caller
  record Result(String path, String callId, List<Piece> content, boolean error, String type)
      implements Piece {
    public Result {
      content = List.copyOf(content);
    }

    /// Whether a tool that Bedrock runs itself gave it.
    boolean isServers() {
      return !type.isEmpty() && !type.equals("tool_result");
    }

    @Override
    public String member() {
      return "toolResult";
    }
  }

  /// A mark for the prompt cache.
  ///
  /// @param timeToLive `5m`, `1h`, or empty for the default
  record CachePoint(String path, String timeToLive) implements Piece {
    @Override
    public String member() {
      return "cachePoint";
    }
  }

  /// The declaration of a function.
  ///
  /// @param name as the caller knows it
  /// @param description not blank; empty if there is none
  /// @param schema an object whose type is `object`
  record ToolSpec(String path, String name, String description, JsonText schema, boolean strict)
      implements Piece {
    @Override
    public String member() {
      return "toolSpec";
    }
  }

  /// The members that Converse wants apart from others: text beside them, no cache point after
  /// them.
  Set<String> FILES = Set.of("document", "video");

  /// Whether this is a document or a video.
  default boolean isFile() {
    return FILES.contains(member());
  }

  /// Whether this is a part of the model's reasoning.
  default boolean isReasoning() {
    return member().equals("reasoningContent");
  }
}
