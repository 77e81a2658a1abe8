package io.agenticprimitives.gateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModelsTest {

  @Test
  void theFirstModelIsFound() throws Exception {
    try (ScriptedUpstream server = ScriptedUpstream.start()) {
      server.onRequest(_ -> Script.json(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"));
      assertThat(LocalModels.of(server.uri())).contains(new LocalModels(Optional.of("a")));
      assertThat(server.takeRequest(Duration.ofSeconds(5)).path()).isEqualTo("/v1/models");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{\"data\":[]}", "{\"data\":[{\"id\":null}]}", "[", "5"})
  void anotherServerListsNone(String body) {
    try (ScriptedUpstream server = ScriptedUpstream.start()) {
      server.onRequest(_ -> Script.bytes(200, "text/plain", body.getBytes(StandardCharsets.UTF_8)));
      assertThat(LocalModels.of(server.uri())).contains(new LocalModels(Optional.empty()));
    }
  }

  @Test
  void nobodyListens() {
    URI refused = URI.create("http://127.0.0.1:" + ScriptedUpstream.refusedPort());
    assertThat(LocalModels.of(refused)).isEmpty();
  }
}
