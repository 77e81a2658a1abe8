package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.core.BackendCall;
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
    BackendCall started =
        llm.gateway()
            .get()
            .complete(
                request,
                CallHeaders.read(
                    call.request(), call.exchange().requestId(), llm.config().strict()));
    try (BackendCall completion = started) {
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

  private void answerWhole(Call call, BackendCall completion, AnswerForm form) throws IOException {
    Completion answer = llm.await(call, completion, () -> Completion.of(completion));
    call.record().firstEvent();
    call.record().answeredBy(answer.model());
    call.record().stopped(answer.stopReason());
    call.record().usage(answer.usage());
    JsonBuffer json = new JsonBuffer();
    form.write(answer, completion.adjustments(), json);
    ErrorWriter.send(call.response(), HttpServletResponse.SC_OK, json);
    call.record().finished();
  }
}
