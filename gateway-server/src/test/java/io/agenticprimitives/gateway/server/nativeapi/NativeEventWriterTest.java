package io.agenticprimitives.gateway.server.nativeapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeEventWriterTest {
  private static final StreamEvent STARTED = new StreamEvent.Started("small-1");
  private static final StreamEvent FINISHED =
      new StreamEvent.Finished(StopReason.TOOL_USE, "tool_calls", Usage.of(20, 8));

  /// Two calls whose pieces interleave, as some upstreams send them.
  private static final StreamEvent[] INTERLEAVED = {
    new StreamEvent.ToolCallStarted(0, "a", "lookup"),
    new StreamEvent.ToolCallStarted(1, "b", "order"),
    new StreamEvent.ToolCallDelta(0, "{\"q\":"),
    new StreamEvent.ToolCallDelta(1, ""),
    new StreamEvent.ToolCallDelta(0, " 1}"),
    new StreamEvent.ToolCallDelta(1, "{"),
    new StreamEvent.ToolCallEnded(1),
    new StreamEvent.ToolCallEnded(0),
  };

  private final JsonBuffer json = new JsonBuffer();

  @Test
  void contentComesAsItIsAndTheEndAsStopAndMetadata() {
    NativeEventWriter writer = writer(ToolEventStyle.DOCUMENTED, List.of());
    write(
        writer,
        STARTED,
        new StreamEvent.ReasoningDelta("Hm"),
        new StreamEvent.ReasoningBlock(new JsonText("{\"s\":\n1}")),
        new StreamEvent.TextDelta("T\u00e9\u2028a"),
        new StreamEvent.RefusalDelta("No"),
        new StreamEvent.Extension("citations", new JsonText("[1]")),
        new StreamEvent.Extension("usage", new JsonText("[2]")),
        new StreamEvent.Finished(StopReason.END_TURN, "", Usage.UNKNOWN));
    assertThat(json.toString())
        .isEqualTo(
            """
            data: {"type":"reasoning_delta","delta":"Hm"}

            data: {"type":"reasoning_block","block":{"s":1}}

            data: {"type":"content_delta","delta":"T\\u00e9\\u2028a"}

            data: {"type":"refusal_delta","delta":"No"}

            data: {"type":"message_stop","stop_reason":"end_turn","model":"small-1"}

            data: {"type":"metadata","usage":{},"citations":[1],"upstream_usage":[2]}

            """);
  }

  @Test
  void documentedToolEventsComeAsTheUpstreamSendsThem() {
    NativeEventWriter writer = writer(ToolEventStyle.DOCUMENTED, List.of());
    write(writer, STARTED);
    write(writer, INTERLEAVED);
    assertThat(json.toString())
        .isEqualTo(
            """
            data: {"type":"tool_use_start","id":"a","name":"lookup"}

            data: {"type":"tool_use_start","id":"b","name":"order"}

            data: {"type":"tool_use_delta","id":"a","delta":"{\\"q\\":"}

            data: {"type":"tool_use_delta","id":"b","delta":""}

            data: {"type":"tool_use_delta","id":"a","delta":" 1}"}

            data: {"type":"tool_use_delta","id":"b","delta":"{"}

            data: {"type":"tool_use_complete","id":"b","name":"order","input":{"raw":"{"}}

            data: {"type":"tool_use_complete","id":"a","name":"lookup","input":{"q":1}}

            """);
  }

  @Test
  void assembledToolEventsComeCallByCallInTheirOrderWithoutPiecesAndWithoutASecondName() {
    NativeEventWriter writer = writer(ToolEventStyle.ASSEMBLED, List.of());
    write(writer, STARTED);
    write(writer, INTERLEAVED);
    write(writer, FINISHED);
    assertThat(json.toString())
        .isEqualTo(
            """
            data: {"type":"tool_use_start","id":"a","name":"lookup"}

            data: {"type":"tool_use_complete","id":"a","name":"","input":{"q":1}}

            data: {"type":"tool_use_start","id":"b","name":"order"}

            data: {"type":"tool_use_complete","id":"b","name":"","input":{"raw":"{"}}

            data: {"type":"message_stop","stop_reason":"tool_use","model":"small-1"}

            data: {"type":"metadata","usage":{"input_tokens":20,"output_tokens":8},\
            "upstream_stop_reason":"tool_calls"}

            """);
  }

  @Test
  void anAssembledCallIsThereAsSoonAsItIsCompleteAndItsTurnHasCome() {
    NativeEventWriter writer = writer(ToolEventStyle.ASSEMBLED, List.of());
    write(writer, STARTED, new StreamEvent.ToolCallStarted(0, "a", "lookup"));
    assertThat(json.size()).isZero();
    write(writer, new StreamEvent.ToolCallEnded(0));
    assertThat(json.toString()).contains("tool_use_start", "\"input\":{}");
  }

  @Test
  void metadataTellsWhatWasAdjusted() {
    Adjustment adjustment = new Adjustment("seed", CallContext.Action.CHANGED, "why");
    NativeEventWriter writer = writer(ToolEventStyle.DOCUMENTED, List.of(adjustment));
    write(writer, STARTED, FINISHED);
    assertThat(json.toString())
        .contains(
            "\"adjustments\":[{\"path\":\"seed\",\"action\":\"changed\",\"reason\":\"why\"}]");
  }

  @Test
  void aFailureIsAnErrorAndAStopAndNoCallThatIsNotComplete() {
    NativeEventWriter writer = writer(ToolEventStyle.ASSEMBLED, List.of());
    write(writer, STARTED, new StreamEvent.ToolCallStarted(0, "a", "lookup"));
    writer.writeFailure(Failure.of(new BackendException(ErrorKind.CUT, "It broke off.")));
    assertThat(json.toString())
        .isEqualTo(
            """
            data: {"type":"error","status":502,"kind":"cut","detail":"It broke off."}

            data: {"type":"message_stop","stop_reason":"error","model":"small-1"}

            """);
  }

  private NativeEventWriter writer(ToolEventStyle style, List<Adjustment> adjustments) {
    return new NativeEventWriter(style, () -> adjustments, json);
  }

  private static void write(NativeEventWriter writer, StreamEvent... events) {
    for (StreamEvent event : events) {
      writer.write(event);
    }
  }
}
