package io.agenticprimitives.gateway.api.llm;

import java.util.List;
import java.util.Objects;

/// One turn of a conversation.
///
/// Backends read these: a `switch` over them ends in a `default` that refuses, so that a plugin
/// meets a kind that it does not know with a clear error.
public sealed interface Message {

  /// What was said.
  List<ContentBlock> content();

  /// Fields of the message that have no component of their own.
  Extras extras();

  /// Instructions of the application.
  ///
  /// @param developer whether the caller wrote them under the role `developer`
  record SystemPrompt(boolean developer, List<ContentBlock> content, Extras extras)
      implements Message {
    public SystemPrompt {
      content = List.copyOf(content);
      Objects.requireNonNull(extras);
    }
  }

  /// What the user said.
  record User(List<ContentBlock> content, Extras extras) implements Message {
    public User {
      content = List.copyOf(content);
      Objects.requireNonNull(extras);
    }
  }

  /// What the model said: text, reasoning and tool calls in the order in which they came. It is
  /// empty if the caller sent nothing.
  record Assistant(List<ContentBlock> content, Extras extras) implements Message {
    public Assistant {
      content = List.copyOf(content);
      Objects.requireNonNull(extras);
    }
  }

  /// What tools gave back: blocks of the kind [ContentBlock.ToolResult] only.
  record Tool(List<ContentBlock> content, Extras extras) implements Message {
    public Tool {
      content = List.copyOf(content);
      for (ContentBlock block : content) {
        if (!(block instanceof ContentBlock.ToolResult)) {
          throw new IllegalArgumentException("A tool message holds tool results only");
        }
      }
      Objects.requireNonNull(extras);
    }

    /// The results.
    public List<ContentBlock.ToolResult> results() {
      return content.stream().map(ContentBlock.ToolResult.class::cast).toList();
    }
  }

  /// A turn under a role that this vocabulary has no word for, `function` for instance.
  record Other(String role, List<ContentBlock> content, Extras extras) implements Message {
    public Other {
      Objects.requireNonNull(role);
      content = List.copyOf(content);
      Objects.requireNonNull(extras);
    }
  }
}
