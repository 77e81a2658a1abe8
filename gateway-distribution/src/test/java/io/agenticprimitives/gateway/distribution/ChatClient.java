package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/// A caller of the OpenAI-compatible API, who keeps what came before a connection broke.
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

  Reply get(String path, String... headers) {
    return send(request(path, headers));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body(), false);
    } catch (IOException failure) {
      throw new IllegalStateException("The gateway gave no answer", failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
