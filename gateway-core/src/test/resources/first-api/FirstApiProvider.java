package com.example.first;

import io.agenticprimitives.gateway.api.Alias;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Made for plugin API 1 when it began; first-api.jar has it compiled and is never built again. */
@Alias("example.first.FirstApiProvider")
public final class FirstApiProvider implements LlmProvider<FirstApiProvider.Config> {
  private static final Logger log = LoggerFactory.getLogger(FirstApiProvider.class);

  public enum Mood {
    FRIENDLY,
    CURT
  }

  public record Nested(@Doc("A number.") @Default("7") int number) {}

  public record Config(
      @Doc("What to say.") @Default("Hello") String greeting,
      @Doc("A key.") Optional<Secret> apiKey,
      @Doc("An address.") @Default("http://localhost") URI address,
      @Doc("A time.") @Default("5s") Duration time,
      @Doc("A choice.") @Default("friendly") Mood mood,
      @Doc("A block.") Optional<Nested> nested,
      @Doc("Texts.") List<String> texts,
      @Doc("Secrets.") Map<String, Secret> secrets) {
    public Config {
      if (greeting.isEmpty()) {
        throw new IllegalArgumentException("greeting must not be empty");
      }
    }
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public LlmBackend open(Config config, BackendContext context) {
    log.debug(
        "{} {} {}", context.backendName(), context.connectTimeout(), context.serverCredentials());
    return new FirstBackend(config);
  }

  private record FirstBackend(Config config) implements LlmBackend {
    @Override
    public EventStream stream(CompletionRequest request, CallContext call) {
      if (request.model().equals("refuse")) {
        throw new BackendException(ErrorKind.RATE_LIMITED, "Slow down.")
            .withRetryAfter(Duration.ofSeconds(2))
            .withParameter("model");
      }
      request
          .sampling()
          .tokenLimit()
          .ifPresent(
              limit ->
                  call.adjusted("max_tokens", CallContext.Action.DROPPED, "There is no limit."));
      call.answerHeader("x-request-id", call.requestId());
      List<StreamEvent> events = new ArrayList<>();
      events.add(new StreamEvent.Started("first"));
      events.add(new StreamEvent.ReasoningDelta(call.remaining().isPositive() ? "think" : ""));
      events.add(new StreamEvent.ReasoningBlock(new JsonText("{\"signature\":\"s\"}")));
      events.add(new StreamEvent.TextDelta(config.greeting() + " " + lastText(request)));
      events.add(new StreamEvent.ToolCallStarted(0, "id", "look_up"));
      events.add(new StreamEvent.ToolCallDelta(0, "{}"));
      events.add(new StreamEvent.ToolCallEnded(0));
      events.add(new StreamEvent.Extension("first", JsonText.EMPTY_OBJECT));
      events.add(new StreamEvent.Finished(StopReason.TOOL_USE, "tools", Usage.of(3, 4)));
      return EventStream.of(events);
    }

    private static String lastText(CompletionRequest request) {
      StringBuilder text = new StringBuilder();
      for (Message message : request.messages()) {
        for (ContentBlock block : message.content()) {
          switch (block) {
            case ContentBlock.Text plain -> text.append(plain.text());
            default -> throw new BackendException(ErrorKind.UNSUPPORTED, "Only text.");
          }
        }
      }
      return text.toString();
    }

    @Override
    public List<ModelInfo> models(CallContext call) {
      return List.of(ModelInfo.of("first"));
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, CallContext call) {
      return new Embeddings(request.model(), List.of(), Usage.UNKNOWN, List.of());
    }

    @Override
    public Health health(CallContext call) {
      return Health.reachable("at " + config.address());
    }

    @Override
    public void close() {}
  }
}
