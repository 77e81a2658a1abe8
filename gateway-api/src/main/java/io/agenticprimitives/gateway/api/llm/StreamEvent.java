package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.Objects;
import java.util.Optional;

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
  ///
  /// @param field the same, as the field of an answer in OpenAI's dialect in which the upstream
  ///   sent it; callers of that dialect get it there and send it back there. Empty if the upstream
  ///   speaks another dialect
  record ReasoningBlock(JsonText opaque, Optional<Extension> field) implements StreamEvent {
    public ReasoningBlock {
      Objects.requireNonNull(opaque);
      Objects.requireNonNull(field);
    }

    /// A block of an upstream that does not speak OpenAI's dialect.
    public ReasoningBlock(JsonText opaque) {
      this(opaque, Optional.empty());
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
  /// interpret it. A later extension of the same place and name replaces an earlier one.
  ///
  /// @param place where it belongs
  /// @param name a key, `citations` for instance
  record Extension(AnswerPlace place, String name, JsonText value) implements StreamEvent {
    public Extension {
      Objects.requireNonNull(place);
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }

    /// Something about the answer as a whole.
    public Extension(String name, JsonText value) {
      this(AnswerPlace.ANSWER, name, value);
    }
  }

  /// A field as an upstream of OpenAI's dialect sent it, or a piece of it, at the moment at which
  /// it came: for callers of the same dialect, who get it unchanged. Everybody else gets what there
  /// is to know of it later, added up, as [Extension], [ReasoningBlock] or [Usage]; so an upstream
  /// of another dialect has no use for it. Pieces of one field add up as the dialect's deltas do; a
  /// field of [AnswerPlace#ANSWER] comes whole, and the last one counts. A field of a tool call may
  /// come before [ToolCallStarted]. For [AnswerPlace#otherChoice(int)] it is a piece of the whole
  /// choice, under the name `choice`.
  ///
  /// @param place where it stands
  record DialectField(AnswerPlace place, String name, JsonText value) implements StreamEvent {
    public DialectField {
      Objects.requireNonNull(place);
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
