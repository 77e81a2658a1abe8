package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.Objects;

/// What happens in a completion, in the order of [EventStream].
///
/// Plugins make these and the gateway reads them. The gateway knows every kind; a plugin needs only
/// those that its upstream can express.
public sealed interface StreamEvent {

  /// The upstream has begun to answer.
  ///
  /// @param model the model that answers, as the upstream names it; empty if it does not say
  record Started(String model) implements StreamEvent {
    public Started {
      Objects.requireNonNull(model);
    }
  }

  /// A piece of the answer's text, not empty.
  record TextDelta(String text) implements StreamEvent {
    public TextDelta {
      Objects.requireNonNull(text);
    }
  }

  /// A piece of the model's reasoning that may be read, not empty.
  record ReasoningDelta(String text) implements StreamEvent {
    public ReasoningDelta {
      Objects.requireNonNull(text);
    }
  }

  /// A block of reasoning in the upstream's own form, signatures and encrypted parts included. It
  /// is opaque to callers, who send it back on the assistant message of their next turn, where the
  /// backend finds it as [ContentBlock.Reasoning#opaque()].
  record ReasoningBlock(JsonText opaque) implements StreamEvent {
    public ReasoningBlock {
      Objects.requireNonNull(opaque);
    }
  }

  /// A piece of the text with which the model refuses to answer, not empty. Only for upstreams that
  /// tell it apart from the answer's text.
  record RefusalDelta(String text) implements StreamEvent {
    public RefusalDelta {
      Objects.requireNonNull(text);
    }
  }

  /// The model begins to call a tool. Calls may overlap.
  ///
  /// @param index the place of the call among the calls of this answer, dense from 0
  /// @param id the upstream's id of the call; empty if it has none, and the gateway makes one
  /// @param name the name of the tool
  record ToolCallStarted(int index, String id, String name) implements StreamEvent {
    public ToolCallStarted {
      Objects.requireNonNull(id);
      Objects.requireNonNull(name);
    }
  }

  /// A piece of the JSON text of a call's arguments.
  ///
  /// @param index of the call that started
  record ToolCallDelta(int index, String arguments) implements StreamEvent {
    public ToolCallDelta {
      Objects.requireNonNull(arguments);
    }
  }

  /// The arguments of a call are complete, or as complete as they will be. The pieces together may
  /// be empty (a call without arguments) or, when the model ran out of tokens, broken JSON: they
  /// are passed on as they came.
  ///
  /// @param index of the call that started
  record ToolCallEnded(int index) implements StreamEvent {}

  /// Something of the answer that this vocabulary has no word for: citations, log probabilities, a
  /// field of one vendor. Callers find it under the answer's metadata; the gateway does not
  /// interpret it. A later extension of the same name replaces an earlier one.
  ///
  /// @param name a key, `citations` for instance
  record Extension(String name, JsonText value) implements StreamEvent {
    public Extension {
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }
  }

  /// The upstream has said that the answer is complete.
  ///
  /// @param stopReason why the model stopped
  /// @param upstreamStopReason the upstream's own word for it; empty if it gave none
  /// @param usage what it cost, as far as the upstream says
  record Finished(StopReason stopReason, String upstreamStopReason, Usage usage)
      implements StreamEvent {
    public Finished {
      Objects.requireNonNull(stopReason);
      Objects.requireNonNull(upstreamStopReason);
      Objects.requireNonNull(usage);
    }
  }
}
