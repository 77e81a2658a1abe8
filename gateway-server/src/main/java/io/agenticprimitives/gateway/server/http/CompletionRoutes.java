package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.core.CompletionCall;
import io.agenticprimitives.gateway.server.http.LlmCalls.Call;
import io.agenticprimitives.gateway.server.openai.AnswerIdentity;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.ChatRequest;
import io.agenticprimitives.gateway.server.request.CompletionRequestReader;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;

/// The routes on which models answer: `POST /api/v1/llm/completions`, the same with `/stream`, and
/// `POST /v1/chat/completions`.
final class CompletionRoutes {
  private final LlmCalls llm;

  CompletionRoutes(LlmCalls llm) {
    this.llm = llm;
  }

  /// One answer in one piece.
  void complete(Call call) throws IOException {
    answerNative(call, Delivery.WHOLE);
  }

  /// One answer as a stream of events.
  void stream(Call call) throws IOException {
    answerNative(call, Delivery.STREAMED);
  }

  private void answerNative(Call call, Delivery delivery) throws IOException {
    CompletionRequest request =
        CompletionRequestReader.read(llm.body().read(call.request()), delivery);
    answer(call, request, new AnswerForm.Native(call.caller().toolEvents()));
  }

  /// One answer in OpenAI's dialect, in one piece or as a stream, as the body says.
  void chat(Call call) throws IOException {
    ChatRequest chat = CompletionRequestReader.readChat(llm.body().read(call.request()));
    AnswerIdentity identity =
        new AnswerIdentity(
            "chatcmpl-" + call.exchange().requestId(), Instant.now().getEpochSecond());
    answer(
        call, chat.request(), new AnswerForm.Chat(identity, chat.functions(), chat.wantsUsage()));
  }

  private void answer(Call call, CompletionRequest request, AnswerForm form) throws IOException {
    call.record().asksFor(request.model());
    CompletionCall started =
        llm.gateway()
            .get()
            .complete(
                request,
                CallHeaders.read(
                    call.request(), call.exchange().requestId(), llm.config().strict()));
    try (CompletionCall completion = started) {
      call.record().follow(completion);
      switch (request.delivery()) {
        case WHOLE -> answerWhole(call, completion, form);
        case STREAMED -> {
          call.record().streamed();
          new StreamedAnswer(llm, call, completion, form).run();
        }
      }
    }
  }

  private void answerWhole(Call call, CompletionCall completion, AnswerForm form)
      throws IOException {
    Completion answer = await(call, completion);
    call.record().answeredBy(answer.model());
    call.record().stopped(answer.stopReason());
    call.record().usage(answer.usage());
    JsonBuffer json = new JsonBuffer();
    form.write(answer, completion.adjustments(), json);
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
      AnswerHeaders.add(call.response(), completion);
      llm.calls().release(active);
    }
  }
}
