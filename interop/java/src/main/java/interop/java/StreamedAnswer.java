package interop.java;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Waits for the end of a stream.
final class StreamedAnswer implements StreamingChatResponseHandler {
  private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
  private final CompletableFuture<StreamingHandle> handle = new CompletableFuture<>();
  private final AtomicInteger pieces = new AtomicInteger();

  @Override
  public void onPartialResponse(String piece) {
    pieces.incrementAndGet();
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    pieces.incrementAndGet();
    handle.complete(context.streamingHandle());
  }

  @Override
  public void onCompleteResponse(ChatResponse answer) {
    end.complete(answer);
  }

  @Override
  public void onError(Throwable error) {
    end.completeExceptionally(error);
  }

  int pieces() {
    return pieces.get();
  }

  /// Ends the stream, as soon as its first piece has come.
  void cancel() {
    handle.join().cancel();
  }

  ChatResponse await() throws Exception {
    try {
      return end.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
