package io.agenticprimitives.gateway.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// What a model server on this machine offers.
///
/// @param firstModel the first model that it lists; empty if it lists none
record LocalModels(Optional<String> firstModel) {
  private static final int CONNECT_MILLIS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /// Asks the server at an address; empty if nobody listens there.
  static Optional<LocalModels> of(URI address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
    } catch (IOException nobody) {
      return Optional.empty();
    }
    return Optional.of(new LocalModels(firstModel(address)));
  }

  private static Optional<String> firstModel(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/v1/models")).timeout(LIMIT).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      JsonNode name = new ObjectMapper().readTree(body).path("data").path(0).path("id");
      return Optional.ofNullable(name.textValue()).filter(text -> !text.isEmpty());
    } catch (IOException noModelServer) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
