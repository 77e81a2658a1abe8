package io.agenticprimitives.gateway.server.testing;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A plugin for processes of tests: its model says one word and then nothing more.
public final class StallingProvider implements LlmProvider<StallingProvider.Config> {
  /// What it says.
  ///
  /// @param word the one word
  /// @param key nothing that matters
  public record Config(
      @Doc("The one word.") @Default("Hm") String word, @Doc("Not used.") Optional<Secret> key) {}

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public LlmBackend open(Config config, BackendContext context) {
    return new Stall(config.word());
  }

  /// The backend, whose streams are the same thing for simplicity's sake.
  static final class Stall implements LlmBackend, EventStream {
    private final String word;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int events;

    Stall(String word) {
      this.word = word;
    }

    @Override
    public EventStream stream(CompletionRequest request, CallContext call) {
      return new Stall(word);
    }

    @Override
    public StreamEvent next() {
      return switch (events++) {
        case 0 -> new StreamEvent.Started("stall");
        case 1 -> new StreamEvent.TextDelta(word);
        default -> throw stalled();
      };
    }

    private BackendException stalled() {
      try {
        closed.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return new BackendException(ErrorKind.CANCELLED, "closed");
    }

    @Override
    public List<ModelInfo> models(CallContext call) {
      return List.of();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
