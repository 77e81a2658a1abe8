package @PACKAGE@;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.CallContext.Action;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.Iterator;
import java.util.List;

/// Greets, whatever it is asked. A backend with an upstream translates the request in `stream`,
/// sends it in the first `next()`, and throws `ErrorKind.CUT` if the answer ends too early.
final class @CLASS@Backend implements LlmBackend {
  private static final String MODEL = "@NAME@";

  private final @CLASS@Provider.Config config;

  @CLASS@Backend(@CLASS@Provider.Config config) {
    this.config = config;
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    report(request, call);
    return new Answer(
        List.of(
            new StreamEvent.Started(MODEL),
            new StreamEvent.TextDelta(config.greeting()),
            new StreamEvent.Finished(StopReason.END_TURN, "", Usage.UNKNOWN)));
  }

  /// Nothing that a caller asks for is dropped in silence.
  private static void report(CompletionRequest request, CallContext call) {
    if (!request.tools().isEmpty()) {
      call.adjusted("tools", Action.DROPPED, "This backend calls no tools.");
    }
    if (request.responseFormat().isPresent()) {
      call.adjusted("response_format", Action.DROPPED, "This backend answers in plain text.");
    }
    for (int i = 0; i < request.messages().size(); i++) {
      report(request.messages().get(i), "messages[" + i + "]", call);
    }
  }

  private static void report(Message message, String path, CallContext call) {
    for (ContentBlock block : message.content()) {
      if (!(block instanceof ContentBlock.Text)) {
        call.adjusted(path + ".content", Action.DROPPED, "This backend reads text only.");
      }
    }
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return List.of(ModelInfo.of(MODEL));
  }

  @Override
  public void close() {
    // Release threads, connections and files here; otherwise the plugin cannot be unloaded.
  }

  /// Events that are there already, until it is closed.
  private static final class Answer implements EventStream {
    private final Iterator<StreamEvent> events;
    private volatile boolean closed;

    Answer(List<StreamEvent> events) {
      this.events = events.iterator();
    }

    @Override
    public StreamEvent next() {
      if (closed) {
        throw new BackendException(ErrorKind.CANCELLED, "The call was given up.");
      }
      return events.next();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
