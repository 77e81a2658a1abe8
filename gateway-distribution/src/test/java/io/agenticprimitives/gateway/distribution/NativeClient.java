package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// A caller of the native API.
final class NativeClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;

  NativeClient(URI gateway) {
    this.gateway = gateway;
  }

  HttpResponse<String> complete(String body, String... headers) {
    return post("/api/v1/llm/completions", body, headers);
  }

  HttpResponse<String> stream(String body, String... headers) {
    return post("/api/v1/llm/completions/stream", body, headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(request, headers);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder(gateway.resolve(path)), headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IllegalStateException("The gateway gave no answer", failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException failure) {
      throw new IllegalStateException("Not JSON: " + text, failure);
    }
  }

  /// The events of an event stream; comments are left out.
  static List<JsonNode> events(String body) {
    List<JsonNode> events = new ArrayList<>();
    for (String line : body.lines().toList()) {
      if (line.startsWith("data: ")) {
        events.add(json(line.substring("data: ".length())));
      }
    }
    return events;
  }

  @Override
  public void close() {
    http.close();
  }
}
