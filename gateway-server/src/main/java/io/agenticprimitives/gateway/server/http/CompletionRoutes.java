package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.core.CompletionCall;
import io.agenticprimitives.gateway.server.http.LlmCalls.Call;
import io.agenticprimitives.gateway.server.nativeapi.NativeCompletionWriter;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.CompletionRequestReader;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/// `POST /api/v1/llm/completions` and `POST /api/v1/llm/completions/stream`.
final class CompletionRoutes {
  private final LlmCalls llm;

  CompletionRoutes(LlmCalls llm) {
    this.llm = llm;
  }

  /// One answer in one piece.
  void complete(Call call) throws IOException {
    try (CompletionCall completion = begin(call, Delivery.WHOLE)) {
      answerWhole(call, completion);
    }
  }

  /// One answer as a stream of events.
  void stream(Call call) throws IOException {
    try (CompletionCall completion = begin(call, Delivery.STREAMED)) {
      new StreamedAnswer(llm, call, completion).run();
    }
  }

  private CompletionCall begin(Call call, Delivery delivery) throws IOException {
    byte[] body = llm.body().read(call.request());
    CompletionRequest request = CompletionRequestReader.read(body, delivery);
    call.record().model(request.model());
    CompletionCall completion =
        llm.gateway()
            .get()
            .complete(
                request,
                CallHeaders.read(
                    call.request(), call.exchange().requestId(), llm.config().strict()));
    call.servedBy(completion.backend());
    return completion;
  }

  private void answerWhole(Call call, CompletionCall completion) throws IOException {
    Completion answer = await(call, completion);
    call.record().model(answer.model());
    call.record().usage(answer.usage());
    JsonBuffer json = new JsonBuffer();
    NativeCompletionWriter.write(answer, completion.adjustments(), json);
    ErrorWriter.send(call.response(), HttpServletResponse.SC_OK, json);
    call.record().finished();
  }

  private Completion await(Call call, CompletionCall completion) {
    ActiveCall active = llm.begin(call, completion::close);
    try {
      Completion answer = Completion.of(completion);
      call.record().firstEvent();
      return answer;
    } catch (BackendException failure) {
      throw Endings.explain(llm.calls().release(active), failure);
    } finally {
      addAdjustments(call.response(), completion.adjustments());
      llm.calls().release(active);
    }
  }

  /// Tells the caller what of the request was not passed on as it was given.
  static void addAdjustments(HttpServletResponse response, List<Adjustment> adjustments) {
    if (!adjustments.isEmpty()) {
      response.setHeader(HeaderNames.GATEWAY_ADJUSTMENTS, HeaderValues.adjustments(adjustments));
    }
  }
}
