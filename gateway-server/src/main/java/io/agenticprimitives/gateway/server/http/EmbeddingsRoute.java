package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.core.BackendCall;
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
    BackendCall asked = embeddings.call();
    call.record().follow(asked);
    Embeddings answer = llm.await(call, asked, embeddings::await);
    call.record().answeredBy(answer.model());
    call.record().usage(answer.usage());
    JsonBuffer json = new JsonBuffer();
    EmbeddingsWriter.write(answer, request.base64(), asked.adjustments(), json);
    ErrorWriter.send(call.response(), HttpServletResponse.SC_OK, json);
    call.record().finished();
  }
}
