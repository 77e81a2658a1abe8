package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;

/// What `/metrics` says.
final class Scrape {
  private Scrape() {}

  /// The lines that begin with a name.
  static List<String> series(ServerUnderTest server, String... names) throws Exception {
    HttpResponse<String> response = server.get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    return response
        .body()
        .lines()
        .filter(line -> List.of(names).stream().anyMatch(line::startsWith))
        .toList();
  }
}
