package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.EventWriter;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Writes the events of one stream. Content and tool events come first, then exactly one
/// `message_stop`, then `metadata`; a stream that fails ends in `error` and `message_stop` with the
/// stop reason `error`. Not thread-safe.
public final class NativeEventWriter implements EventWriter {
  private final ToolEvents toolEvents;
  private final Supplier<List<Adjustment>> adjustments;
  private final JsonBuffer json;
  private final Map<String, JsonText> extensions = new LinkedHashMap<>();
  private String model = "";

  /// @param style how tool calls appear
  /// @param adjustments asked for at the end of the stream
  /// @param json where the events are put, framed and ready to be sent
  public NativeEventWriter(
      ToolEventStyle style, Supplier<List<Adjustment>> adjustments, JsonBuffer json) {
    this.adjustments = adjustments;
    this.json = json;
    this.toolEvents =
        switch (style) {
          case DOCUMENTED -> new DocumentedToolEvents(json);
          case ASSEMBLED -> new AssembledToolEvents(json);
        };
  }

  @Override
  public void write(StreamEvent event) {
    switch (event) {
      case StreamEvent.Started started -> model = started.model();
      case StreamEvent.TextDelta delta -> writeDelta("content_delta", delta.text());
      case StreamEvent.ReasoningDelta delta -> writeDelta("reasoning_delta", delta.text());
      case StreamEvent.RefusalDelta delta -> writeDelta("refusal_delta", delta.text());
      case StreamEvent.ReasoningBlock block -> {
        SseFraming.begin(json, "reasoning_block").field("block", block.opaque());
        SseFraming.end(json);
      }
      case StreamEvent.ToolCallStarted call -> toolEvents.started(call);
      case StreamEvent.ToolCallDelta delta -> toolEvents.delta(delta);
      case StreamEvent.ToolCallEnded ended -> toolEvents.ended(ended);
      case StreamEvent.Extension extension -> extensions.put(extension.name(), extension.value());
      // It comes again in the vocabulary of this API.
      case StreamEvent.DialectField _ -> {}
      case StreamEvent.Finished finished -> writeEnd(finished);
    }
  }

  private void writeDelta(String type, String text) {
    SseFraming.begin(json, type).field("delta", text);
    SseFraming.end(json);
  }

  private void writeEnd(StreamEvent.Finished finished) {
    writeStop(finished.stopReason().wireName());
    SseFraming.begin(json, "metadata");
    NativeFields.writeUsage(json, finished.usage());
    NativeFields.writeMetadata(json, finished.upstreamStopReason(), adjustments.get(), extensions);
    SseFraming.end(json);
  }

  private void writeStop(String stopReason) {
    SseFraming.begin(json, "message_stop").field("stop_reason", stopReason).field("model", model);
    SseFraming.end(json);
  }

  @Override
  public void writeFailure(Failure failure) {
    SseFraming.begin(json, "error")
        .field("status", failure.status())
        .field("kind", failure.kind())
        .field("detail", failure.detail());
    SseFraming.end(json);
    writeStop("error");
  }
}
