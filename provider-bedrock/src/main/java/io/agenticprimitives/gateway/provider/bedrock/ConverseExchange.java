package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import java.util.Locale;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Response;

/// The HTTP exchange of Converse and ConverseStream. Thread-safe.
final class ConverseExchange {
  private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";

  private final BedrockClient client;
  private final SignedExchange signed;
  private final Endpoints endpoints;

  ConverseExchange(BedrockClient client, SignedExchange signed, Endpoints endpoints) {
    this.client = client;
    this.signed = signed;
    this.endpoints = endpoints;
  }

  /// Gets a good answer. A model that cannot answer this request while streaming is asked for the
  /// whole answer, which gives the same events.
  ///
  /// @throws BackendException if there is none
  ConverseCall.Answer open(ConverseCall runner, AddressedRequest request) {
    try {
      return openOnce(runner, request);
    } catch (BackendException failure) {
      if (!request.content().streamed() || !AwsErrors.isRefusedStream(failure)) {
        throw failure;
      }
      return openOnce(runner, request.with(request.content().whole()));
    }
  }

  private ConverseCall.Answer openOnce(ConverseCall runner, AddressedRequest request) {
    boolean streamed = request.content().streamed();
    String operation = streamed ? "/converse-stream" : "/converse";
    HttpUrl url =
        endpoints.runtime(request.region(), "model/" + request.model().pathSegment() + operation);
    SignedExchange.Outcome outcome =
        signed.send(
            runner,
            request.credentials(),
            identity ->
                client.post(
                    url,
                    request.content().body(),
                    streamed ? EVENT_STREAM : BedrockClient.JSON.toString(),
                    identity,
                    request.region(),
                    request.call()));
    return new ConverseCall.Answer(
        outcome.response(), events(outcome.response(), request, streamed), outcome.identity());
  }

  private static EventSource events(Response response, AddressedRequest request, boolean streamed) {
    String contentType = header(response, "Content-Type");
    String requestId = AwsWords.name(header(response, "x-amzn-RequestId"));
    AnswerStream body =
        new AnswerStream(response.body().byteStream(), request.call()::reserveMemory);
    String model = request.model().id();
    return areFrames(contentType, streamed)
        ? new ConverseStreamDecoder(body, requestId, model, request.content().toolNames())
        : new ConverseAnswerDecoder(
            body, contentType, requestId, model, request.content().toolNames());
  }

  /// The content type says what came, whatever was asked for; proxies leave it out.
  private static boolean areFrames(String contentType, boolean streamed) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith(EVENT_STREAM)
        || (streamed && (type.isBlank() || type.startsWith("application/octet-stream")));
  }

  private static String header(Response response, String name) {
    return Objects.requireNonNullElse(response.header(name), "");
  }
}
