package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.StreamUsage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Response;

/// One OpenAI-compatible server. Thread-safe.
final class OpenAICompatibleBackend implements LlmBackend {
  private final String name;
  private final OpenAICompatibleConfig config;
  private final RequestEncoder encoder;
  private final UpstreamClient client;

  /// Set when the server has refused to be asked for the usage of a stream.
  private volatile boolean optionsRefused;

  OpenAICompatibleBackend(OpenAICompatibleConfig config, BackendContext context) {
    this(config, context, new UpstreamClient(config, context.connectTimeout()));
  }

  OpenAICompatibleBackend(
      OpenAICompatibleConfig config, BackendContext context, UpstreamClient client) {
    this.name = context.backendName();
    this.config = config;
    this.encoder = new RequestEncoder(config);
    this.client = client;
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    boolean askedWithout = optionsRefused;
    EncodedRequest body = encoder.encode(request, options(askedWithout), call::adjusted);
    UpstreamFaults faults = new UpstreamFaults(name, config, call);
    return new CompletionStream(
        name,
        new UpstreamCall(client),
        upstream -> {
          Response response = send(body, request, call, upstream);
          if (response.isSuccessful()) {
            return events(response, request, call);
          }
          BackendException failure = refusal(response, upstream);
          if (askedWithout || !refusesOptions(failure, request)) {
            throw failure;
          }
          optionsRefused = true;
          return sendWithoutOptions(request, call, upstream);
        },
        faults::told);
  }

  private Response send(
      EncodedRequest body, CompletionRequest request, CallContext call, UpstreamCall upstream) {
    try {
      return told(upstream.execute(client.completion(body, isStreamed(request), call)), call);
    } catch (IOException failure) {
      throw ConnectionFailures.of(name, failure);
    }
  }

  /// Passes the headers of an answer on, an error's included.
  private static Response told(Response response, CallContext call) {
    Headers headers = response.headers();
    for (int i = 0; i < headers.size(); i++) {
      call.answerHeader(headers.name(i), headers.value(i));
    }
    return response;
  }

  private EventSource sendWithoutOptions(
      CompletionRequest request, CallContext call, UpstreamCall upstream) {
    // Everything else was reported the first time.
    Adjustments news =
        (path, action, reason) -> {
          if (path.equals(RequestEncoder.STREAM_OPTIONS)) {
            call.adjusted(path, action, reason);
          }
        };
    EncodedRequest plain = encoder.encode(request, RequestEncoder.StreamOptions.REFUSED, news);
    Response response = send(plain, request, call, upstream);
    if (!response.isSuccessful()) {
      throw refusal(response, upstream);
    }
    return events(response, request, call);
  }

  private static BackendException refusal(Response response, UpstreamCall upstream) {
    try {
      return UpstreamFaults.of(response);
    } finally {
      upstream.finish();
    }
  }

  private static EventSource events(
      Response response, CompletionRequest request, CallContext call) {
    return ResponseBody.open(
        response.header("Content-Type"),
        isStreamed(request),
        response.body().byteStream(),
        call::reserveMemory);
  }

  private static boolean isStreamed(CompletionRequest request) {
    return request.delivery() == Delivery.STREAMED;
  }

  private RequestEncoder.StreamOptions options(boolean refused) {
    return switch (config.streamUsage()) {
      case ALWAYS -> RequestEncoder.StreamOptions.ASK_FOR_USAGE;
      case NEVER -> RequestEncoder.StreamOptions.OF_THE_CALLER;
      case AUTO ->
          refused
              ? RequestEncoder.StreamOptions.REFUSED
              : RequestEncoder.StreamOptions.ASK_FOR_USAGE;
    };
  }

  /// Some servers know no `stream_options`, and refuse what they do not know.
  private boolean refusesOptions(BackendException failure, CompletionRequest request) {
    int status = failure.upstream().status();
    String words = failure.message() + ' ' + failure.upstream().param();
    return config.streamUsage() == StreamUsage.AUTO
        && isStreamed(request)
        && (status == 400 || status == 422)
        && (words.contains("stream_options") || words.contains("include_usage"));
  }

  @Override
  public Embeddings embed(EmbeddingRequest request, CallContext call) {
    EncodedRequest body = EmbeddingsCodec.encode(request, config.defaultModel());
    return inTime(
        call,
        upstream -> {
          Response response =
              good(told(upstream.execute(client.embeddings(body, call)), call), upstream);
          return EmbeddingsCodec.decode(
              response.header("Content-Type"),
              response.body().byteStream(),
              request.inputs().size(),
              call::reserveMemory);
        });
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return inTime(
        call,
        upstream -> {
          Response response = good(upstream.execute(client.models(call)), upstream);
          return ModelsDecoder.decode(response.body().byteStream(), call::reserveMemory);
        });
  }

  /// What is done with one HTTP call.
  private interface Exchange<T> {
    T make(UpstreamCall upstream) throws IOException;
  }

  /// Waits for an exchange no longer than the time of the call.
  private <T> T inTime(CallContext call, Exchange<T> exchange) {
    UpstreamFaults faults = new UpstreamFaults(name, config, call);
    UpstreamCall upstream = new UpstreamCall(client);
    TimeLimit limit = new TimeLimit(call.remaining(), upstream::cancel);
    upstream.enter();
    try (limit) {
      T made = exchange.make(upstream);
      upstream.complete();
      return made;
    } catch (BackendException failure) {
      throw limit.isOver() ? tooLate() : faults.told(failure);
    } catch (IOException failure) {
      throw limit.isOver() ? tooLate() : ConnectionFailures.of(name, failure);
    } finally {
      upstream.cancel();
      upstream.leave();
    }
  }

  private static Response good(Response response, UpstreamCall upstream) {
    if (!response.isSuccessful()) {
      throw refusal(response, upstream);
    }
    return response;
  }

  private BackendException tooLate() {
    return ConnectionFailures.of(name, new InterruptedIOException("The time of the call is over"));
  }

  /// The list of models proves that the server is there and takes the key; a server without one may
  /// still work.
  @Override
  public Health health(CallContext call) {
    try {
      models(call);
      return Health.OK;
    } catch (BackendException failure) {
      return switch (failure.upstream().status()) {
        case 0 -> Health.down(failure.message());
        case 401, 403 ->
            config.apiKey().isPresent() || !config.headers().isEmpty()
                ? Health.down(failure.message() + " Check api_key.")
                : Health.reachable("It wants a key: set api_key, or let each call bring its own.");
        case 404, 405, 501 -> Health.reachable("It has no list of models.");
        case 429 -> Health.reachable(failure.message());
        default -> Health.down(failure.message());
      };
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
