package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.StreamUsage;
import java.io.IOException;
import java.util.List;
import okhttp3.Response;

/// One OpenAI-compatible server.
final class OpenAICompatibleBackend implements LlmBackend {
  private final String name;
  private final OpenAICompatibleConfig config;
  private final RequestEncoder encoder;
  private final UpstreamClient client;

  /// Set when the server has refused to be asked for the usage of a stream.
  private volatile boolean usageRefused;

  OpenAICompatibleBackend(OpenAICompatibleConfig config, BackendContext context) {
    this.name = context.backendName();
    this.config = config;
    this.encoder = new RequestEncoder(config);
    this.client = new UpstreamClient(config, context.connectTimeout());
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    boolean streamed = request.delivery() == Delivery.STREAMED;
    boolean askUsage = streamed && asksUsage();
    byte[] body = encoder.encode(request, askUsage, call::adjusted);
    return new CompletionStream(
        name,
        stream -> {
          Response response = stream.execute(client.post("chat/completions", body, call));
          if (response.isSuccessful()) {
            return answer(response, streamed);
          }
          BackendException failure = failure(response);
          if (!askUsage || !refusesUsage(failure)) {
            throw failure;
          }
          usageRefused = true;
          byte[] plain = encoder.encode(request, false, Adjustments.REPORTED_ALREADY);
          Response again = stream.execute(client.post("chat/completions", plain, call));
          if (again.isSuccessful()) {
            return answer(again, streamed);
          }
          throw failure(again);
        });
  }

  private boolean asksUsage() {
    return switch (config.streamUsage()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> !usageRefused;
    };
  }

  /// Some servers know no `stream_options`, and refuse what they do not know.
  private boolean refusesUsage(BackendException failure) {
    int status = failure.upstream().status();
    String message = failure.message();
    return config.streamUsage() == StreamUsage.AUTO
        && (status == 400 || status == 422)
        && (message.contains("stream_options") || message.contains("include_usage"));
  }

  private static CompletionStream.Answer answer(Response response, boolean streamed) {
    return new CompletionStream.Answer(
        response,
        ResponseBody.open(response.header("Content-Type"), streamed, response.body().byteStream()));
  }

  private static BackendException failure(Response response) {
    try (response) {
      String requestId = response.header("x-request-id");
      return ErrorDecoder.decode(
          response.code(),
          response.header("Retry-After"),
          requestId,
          response.header("Content-Type"),
          response.body().byteStream());
    }
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    try (Response response = client.get("models", call).execute()) {
      if (!response.isSuccessful()) {
        throw failure(response);
      }
      return ModelsDecoder.decode(response.body().byteStream());
    } catch (IOException unreachable) {
      throw ConnectionFailures.of(name, unreachable);
    }
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
        case 401, 403 -> Health.down(failure.message() + " Check api_key.");
        case 0 -> Health.down(failure.message());
        case 404, 405, 501 -> Health.reachable("It has no list of models.");
        default -> Health.reachable(failure.message());
      };
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
