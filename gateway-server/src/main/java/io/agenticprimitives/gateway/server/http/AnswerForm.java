package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.nativeapi.NativeCompletionWriter;
import io.agenticprimitives.gateway.server.nativeapi.NativeEventWriter;
import io.agenticprimitives.gateway.server.nativeapi.ToolEventStyle;
import io.agenticprimitives.gateway.server.openai.AnswerIdentity;
import io.agenticprimitives.gateway.server.openai.ChatChunkWriter;
import io.agenticprimitives.gateway.server.openai.ChatCompletionWriter;
import io.agenticprimitives.gateway.server.output.EventWriter;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import java.util.function.Supplier;

/// The form in which a caller gets an answer.
sealed interface AnswerForm {
  /// Writes a whole answer.
  void write(Completion answer, List<Adjustment> adjustments, JsonBuffer json);

  /// Makes the writer of a streamed answer.
  ///
  /// @param adjustments asked for at the end of the stream
  /// @param json where the writer puts what is to be sent
  EventWriter events(Supplier<List<Adjustment>> adjustments, JsonBuffer json);

  /// Whether the connection breaks off after the failure of a stream has been told. Some SDKs
  /// notice nothing else.
  boolean breaksOff();

  /// Our own API's.
  ///
  /// @param toolEvents how streamed tool calls appear
  record Native(ToolEventStyle toolEvents) implements AnswerForm {
    @Override
    public void write(Completion answer, List<Adjustment> adjustments, JsonBuffer json) {
      NativeCompletionWriter.write(answer, adjustments, json);
    }

    @Override
    public EventWriter events(Supplier<List<Adjustment>> adjustments, JsonBuffer json) {
      return new NativeEventWriter(toolEvents, adjustments, json);
    }

    @Override
    public boolean breaksOff() {
      return false;
    }
  }

  /// OpenAI's.
  ///
  /// @param identity what the answer is called if its upstream does not say
  /// @param functions whether tools were offered in the older form `functions`
  /// @param wantsUsage whether a stream is to end with the usage
  record Chat(AnswerIdentity identity, boolean functions, boolean wantsUsage)
      implements AnswerForm {
    @Override
    public void write(Completion answer, List<Adjustment> adjustments, JsonBuffer json) {
      ChatCompletionWriter.write(answer, identity, functions, adjustments, json);
    }

    @Override
    public EventWriter events(Supplier<List<Adjustment>> adjustments, JsonBuffer json) {
      return new ChatChunkWriter(identity, functions, wantsUsage, adjustments, json);
    }

    @Override
    public boolean breaksOff() {
      return true;
    }
  }
}
