package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.EmbeddingsCall;
import io.agenticprimitives.gateway.server.http.LlmCalls.Call;
import io.agenticprimitives.gateway.server.openai.EmbeddingsWriter;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.EmbeddingRequestReader;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// `POST /v1/embeddings`.
final class EmbeddingsRoute {
  private final LlmCalls llm;

  EmbeddingsRoute(LlmCalls llm) {
    this.llm = llm;
  }

  void embed(Call call) throws IOException {
    EmbeddingRequest request = EmbeddingRequestReader.read(llm.body().read(call.request()));
    call.record().asksFor(request.model());
    CallOptions options =
        CallHeaders.read(call.request(), call.exchange().requestId(), llm.config().strict());
    EmbeddingsCall started = llm.gateway().get().embed(request, options);
    try (EmbeddingsCall embeddings = started) {
      answer(call, request, embeddings);
    }
  }

  private void answer(Call call, EmbeddingRequest request, EmbeddingsCall embeddings)
      throws IOException {
    call.servedBy(embeddings.backend());
    Embeddings answer = await(call, embeddings);
    call.record().answeredBy(answer.model());
    call.record().usage(answer.usage());
    JsonBuffer json = new JsonBuffer();
    EmbeddingsWriter.write(answer, request.base64(), embeddings.adjustments(), json);
    ErrorWriter.send(call.response(), HttpServletResponse.SC_OK, json);
    call.record().finished();
  }

  private Embeddings await(Call call, EmbeddingsCall embeddings) {
    try {
      return llm.interruptibly(call, embeddings::await);
    } finally {
      call.record().adjusted(embeddings.adjustments());
      AnswerHeaders.add(call.response(), embeddings.adjustments(), embeddings.answerHeaders());
    }
  }
}
