package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.BackendCall;
import io.agenticprimitives.gateway.server.http.LlmCalls.Call;
import io.agenticprimitives.gateway.server.output.EventStreamOutput;
import io.agenticprimitives.gateway.server.output.EventWriter;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/// Sends one completion as it comes. A failure before anything was sent is thrown and becomes a
/// status; one after that is told in the stream, which ends then.
final class StreamedAnswer {
  private final LlmCalls llm;
  private final Call call;
  private final BackendCall completion;
  private final JsonBuffer json = new JsonBuffer();
  private final AnswerForm form;
  private final EventWriter writer;
  private final ActiveCall active;

  StreamedAnswer(LlmCalls llm, Call call, BackendCall completion, AnswerForm form) {
    this.llm = llm;
    this.call = call;
    this.completion = completion;
    this.form = form;
    this.writer = form.events(completion::adjustments, json);
    this.active = llm.begin(call, completion::close);
  }

  void run() throws IOException {
    EventStreamOutput output =
        new EventStreamOutput(
            this::open,
            llm.keepAlive(),
            llm.config().keepAlive(),
            () -> active.end(ActiveCall.Ending.CALLER_LEFT));
    try (output) {
      completion.<Boolean, IOException>pulling(() -> pump(output));
      call.record().finished();
    } catch (BackendException failure) {
      fail(output, Endings.explain(llm.calls().release(active), failure));
    } catch (RuntimeException unforeseen) {
      fail(output, unforeseen);
    } catch (Error unforeseen) {
      fail(output, unforeseen);
    } finally {
      llm.calls().release(active);
    }
  }

  private OutputStream open() throws IOException {
    HttpServletResponse response = call.response();
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream; charset=utf-8");
    // Also where the connection ends with the answer: the end of a stream must be told from a
    // break.
    response.setHeader("Transfer-Encoding", "chunked");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no");
    AnswerHeaders.add(response, completion);
    return response.getOutputStream();
  }

  private boolean pump(EventStreamOutput output) throws IOException {
    StreamEvent event;
    do {
      event = completion.next();
      note(event);
      writer.write(event);
      if (json.size() > 0) {
        output.send(json);
      }
    } while (!(event instanceof StreamEvent.Finished));
    return true;
  }

  private void note(StreamEvent event) {
    call.record().firstEvent();
    if (event instanceof StreamEvent.Started started) {
      call.record().answeredBy(started.model());
    } else if (event instanceof StreamEvent.Finished finished) {
      call.record().stopped(finished.stopReason());
      call.record().usage(finished.usage());
    }
  }

  private <F extends Throwable> void fail(EventStreamOutput output, F failure)
      throws F, IOException {
    if (failure instanceof CallerLeftException || !output.settle()) {
      AnswerHeaders.add(call.response(), completion);
      throw failure;
    }
    Failure told = LlmCalls.failureOf(failure, call.exchange());
    call.record().failed(told);
    json.clear();
    writer.writeFailure(told);
    output.send(json);
    if (form.breaksOff()) {
      call.exchange().breakOff();
    }
  }
}
