package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator does to a running gateway, and what it says to that.
class ReloadTest {
  @TempDir Path directory;

  private static String yaml(String backend) {
    return """
    admin: {port: 0}
    providers: {llm: {default: %1$s, backends: {%1$s: {backend: echo}}}}
    """
        .formatted(backend);
  }

  private static String defaultBackend(NativeClient client) {
    return NativeClient.json(client.get("/api/v1/providers").body())
        .path("llm")
        .path("default")
        .asText();
  }

  @Test
  void aHangUpSignalReadsTheConfigurationAgain() throws Exception {
    try (OperatedGateway gateway = OperatedGateway.start(directory, yaml("first"), "echo");
        NativeClient client = gateway.caller()) {
      gateway.configure(yaml("second"));
      gateway.process.signal("HUP");
      gateway.process.awaitOutput("opened [second], closed [first]");
      assertThat(defaultBackend(client)).isEqualTo("second");
    }
  }

  @Test
  void aChangedFileIsNoticed() throws Exception {
    try (OperatedGateway gateway = OperatedGateway.start(directory, yaml("first"), "echo");
        NativeClient client = gateway.caller()) {
      gateway.configure(yaml("second"));
      gateway.process.awaitOutput("(the file has changed): carried over [], opened [second]");
      assertThat(defaultBackend(client)).isEqualTo("second");
    }
  }

  @Test
  void aBadAndADeletedFileChangeNothingAndAreShownUntilAGoodOneComes() throws Exception {
    try (OperatedGateway gateway = OperatedGateway.start(directory, yaml("first"), "echo");
        NativeClient client = gateway.caller()) {
      gateway.configure("providers: {llm: {backend: ecko}}\nserve: {}\n");
      gateway.process.signal("HUP");
      gateway.process.awaitOutput("unknown key; did you mean server?");
      gateway.process.awaitOutput("ecko");
      assertThat(client.get("/readyz").body()).contains("\"configuration\":");
      assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(defaultBackend(client)).isEqualTo("first");

      Files.delete(gateway.file);
      gateway.process.awaitOutput("there is no such file");
      assertThat(Answer.whole(client.complete("{\"messages\":[]}")).errorStatus()).isZero();

      gateway.configure(yaml("second"));
      gateway.process.awaitOutput("opened [second], closed [first]");
      assertThat(client.get("/readyz").body()).doesNotContain("\"configuration\":");
    }
  }

  @Test
  void pluginsComeAndGo() throws Exception {
    try (OperatedGateway gateway = OperatedGateway.start(directory, yaml("first"), "echo");
        NativeClient client = gateway.caller()) {
      String both =
          yaml("first").replace("{backend: echo}", "{backend: echo}, o: {backend: openai}");
      gateway.configure(both.replace("openai", "openai-compatible"));
      assertThat(gateway.reload().statusCode()).isEqualTo(422);
      gateway.install("openai-compatible", "");
      assertThat(OperatedGateway.texts(gateway.reload(), "plugins", "added"))
          .containsExactly("openai-compatible");

      gateway.remove("openai-compatible");
      var needed = gateway.reload();
      assertThat(needed.statusCode()).isEqualTo(422);
      assertThat(needed.body()).contains("openai-compatible");
      gateway.configure(yaml("first"));
      var removed = gateway.reload();
      assertThat(OperatedGateway.texts(removed, "plugins", "removed"))
          .containsExactly("openai-compatible");
      assertThat(OperatedGateway.texts(removed, "backends", "carried_over"))
          .containsExactly("first");
      assertThat(defaultBackend(client)).isEqualTo("first");
    }
  }

  @Test
  void operatorsNeedToBeLetIn() throws Exception {
    String closed = yaml("first").replace("admin: {port: 0}", "");
    try (GatewayProcess gateway = GatewayProcess.startWith(directory, closed);
        NativeClient client = new NativeClient(gateway.uri())) {
      assertThat(client.post("/admin/reload", "").statusCode()).isEqualTo(404);
      assertThat(client.get("/admin/config").statusCode()).isEqualTo(404);
    }
    String byKey = yaml("first").replace("{port: 0}", "{key: operators-key}");
    try (GatewayProcess gateway = GatewayProcess.startWith(directory, byKey);
        NativeClient client = new NativeClient(gateway.uri())) {
      assertThat(client.get("/admin/config", "X-Api-Key", "wrong").statusCode()).isEqualTo(401);
      var config = client.get("/admin/config", "X-Api-Key", "operators-key");
      assertThat(config.statusCode()).isEqualTo(200);
      assertThat(config.body()).contains("backend: echo").doesNotContain("operators-key");
    }
  }
}
