package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A part of a message.
///
/// Backends read these: a `switch` over them ends in a `default` that refuses, so that a plugin
/// meets a kind that it does not know with a clear error.
public sealed interface ContentBlock {

  /// Fields of the block that have no component of their own, `cache_control` for instance.
  Extras extras();

  /// Text, possibly empty.
  record Text(String text, Extras extras) implements ContentBlock {
    public Text {
      Objects.requireNonNull(text);
      Objects.requireNonNull(extras);
    }

    /// Text alone.
    public static Text of(String text) {
      return new Text(text, Extras.NONE);
    }
  }

  /// A picture.
  record Image(MediaSource source, Extras extras) implements ContentBlock {
    public Image {
      Objects.requireNonNull(source);
      Objects.requireNonNull(extras);
    }
  }

  /// A document, a PDF for instance.
  ///
  /// @param name its file name; empty if it has none
  record Document(MediaSource source, String name, Extras extras) implements ContentBlock {
    public Document {
      Objects.requireNonNull(source);
      Objects.requireNonNull(name);
      Objects.requireNonNull(extras);
    }
  }

  /// Sound.
  ///
  /// @param format `wav` or `mp3` for instance
  record Audio(MediaSource source, String format, Extras extras) implements ContentBlock {
    public Audio {
      Objects.requireNonNull(source);
      Objects.requireNonNull(format);
      Objects.requireNonNull(extras);
    }
  }

  /// A call that the model made.
  ///
  /// @param id of the call; empty in the oldest form of function calls
  /// @param arguments the JSON text of the arguments as the model wrote it, which may be broken
  record ToolUse(String id, String name, String arguments, Extras extras) implements ContentBlock {
    public ToolUse {
      Objects.requireNonNull(id);
      Objects.requireNonNull(name);
      Objects.requireNonNull(arguments);
      Objects.requireNonNull(extras);
    }
  }

  /// What a tool gave back.
  ///
  /// @param toolUseId the id of the call that it answers
  /// @param content text, pictures, documents or [Json]
  /// @param error whether the tool failed
  record ToolResult(String toolUseId, List<ContentBlock> content, boolean error, Extras extras)
      implements ContentBlock {
    public ToolResult {
      Objects.requireNonNull(toolUseId);
      content = List.copyOf(content);
      Objects.requireNonNull(extras);
    }
  }

  /// A JSON value, as a tool's result.
  record Json(JsonText value, Extras extras) implements ContentBlock {
    public Json {
      Objects.requireNonNull(value);
      Objects.requireNonNull(extras);
    }
  }

  /// What the model thought in an earlier turn.
  ///
  /// @param text what could be read of it, possibly empty
  /// @param opaque the block as the upstream sent it ([StreamEvent.ReasoningBlock]); it must go
  ///   back unchanged to the upstream that it came from
  record Reasoning(String text, Optional<JsonText> opaque, Extras extras) implements ContentBlock {
    public Reasoning {
      Objects.requireNonNull(text);
      Objects.requireNonNull(opaque);
      Objects.requireNonNull(extras);
    }
  }

  /// The text with which the model refused in an earlier turn.
  record Refusal(String text, Extras extras) implements ContentBlock {
    public Refusal {
      Objects.requireNonNull(text);
      Objects.requireNonNull(extras);
    }
  }

  /// A mark after which the upstream may keep the prompt in its cache.
  ///
  /// @param timeToLive `5m` or `1h`; empty for the upstream's default
  record CachePoint(String timeToLive, Extras extras) implements ContentBlock {
    public CachePoint {
      Objects.requireNonNull(timeToLive);
      Objects.requireNonNull(extras);
    }
  }

  /// A part that this vocabulary has no word for, as the caller wrote it.
  ///
  /// @param type the caller's name for its kind, `video_url` for instance
  /// @param json the whole part
  record Other(String type, JsonText json) implements ContentBlock {
    public Other {
      Objects.requireNonNull(type);
      Objects.requireNonNull(json);
    }

    @Override
    public Extras extras() {
      return Extras.NONE;
    }
  }
}
