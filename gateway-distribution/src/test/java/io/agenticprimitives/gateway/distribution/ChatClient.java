package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A caller, of the OpenAI-compatible API first of all, who keeps what came before a connection
/// broke.
final class ChatClient implements AutoCloseable {
  private static final String DONE = "data: [DONE]\n\n";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;

  ChatClient(URI gateway) {
    this.gateway = gateway;
  }

  /// @param brokenOff whether the connection ended before the body did
  record Reply(int status, HttpHeaders headers, String body, boolean brokenOff) {
    JsonNode json() {
      return NativeClient.json(body);
    }

    JsonNode error() {
      return json().path("error");
    }

    /// The chunks of a stream, an error among them, without its end.
    List<JsonNode> chunks() {
      return NativeClient.events(body.replace(DONE, ""));
    }

    boolean isDone() {
      return body.endsWith(DONE) && !brokenOff;
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  Reply chat(String body, String... headers) {
    return WireClient.post(gateway, "/v1/chat/completions", body, headers);
  }

  /// Asks in one of four ways, and says what the answer amounts to.
  Told told(Ask ask, String body, String... headers) {
    Reply reply =
        send(
            request(ask.path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    return Told.of(ask, reply.status(), reply.body(), reply.brokenOff());
  }

  Reply get(String path, String... headers) {
    return send(request(path, headers));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  /// The client's own streams drop what has come when the connection breaks, so the pieces are
  /// taken as they come.
  Reply send(HttpRequest.Builder request) {
    AtomicReference<HttpResponse.ResponseInfo> head = new AtomicReference<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean broken = false;
    try {
      http.send(
          request.build(),
          info -> {
            head.set(info);
            return HttpResponse.BodySubscribers.ofByteArrayConsumer(
                piece -> piece.ifPresent(body::writeBytes));
          });
    } catch (IOException failure) {
      if (head.get() == null) {
        throw new IllegalStateException("The gateway gave no answer", failure);
      }
      broken = true;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return new Reply(head.get().statusCode(), head.get().headers(), body.toString(UTF_8), broken);
  }

  @Override
  public void close() {
    http.close();
  }
}
