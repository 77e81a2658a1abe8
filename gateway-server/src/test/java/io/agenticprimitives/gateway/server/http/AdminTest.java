package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminTest {
  private static final String OWN_PORT = "admin: {port: 0}";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("gateway.yaml");
  }

  @ParameterizedTest
  @CsvSource({"POST,reload", "POST,drain", "GET,config", "POST,route"})
  void withoutConfigurationThereAreNoSuchRoutes(String method, String route) throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, "")) {
      var answer = server.send(server.port(), method, "/admin/" + route, "{}");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo("{\"detail\":\"Not Found\"}");
    }
  }

  @Test
  void onThePortOfCallersTheKeyIsNeeded() throws Exception {
    String blocks =
        """
        admin: {key: operators-key}
        auth: {backend: api_key, api_keys: [{key: callers-key}]}
        """;
    try (ReloadingServer server = new ReloadingServer(file, blocks)) {
      assertThat(server.get("/admin/config").statusCode()).isEqualTo(401);
      for (String wrong : new String[] {"callers-key", "operators-ke", "operators-keys", ""}) {
        var answer = server.get("/admin/config", "X-Api-Key", wrong);
        assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
        assertThat(answer.body()).contains("admin.key").doesNotContain("operators-key");
      }
      var answer = server.get("/admin/config", "Authorization", "Bearer operators-key");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains("principal_id: api-key-1", "key: \"********\"")
          .doesNotContain("operators-key", "callers-key");
      assertThat(server.get("/api/v1/providers", "X-Api-Key", "operators-key").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aPortOfItsOwnLeavesThatOfCallersWithout() throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, "admin: {port: 0, key: k}")) {
      assertThat(server.get("/admin/config", "X-Api-Key", "k").statusCode()).isEqualTo(404);
      assertThat(server.admin("GET", "/admin/config", "").statusCode()).isEqualTo(401);
      assertThat(
              server
                  .send(server.adminPort(), "GET", "/admin/config", "", "X-Api-Key", "k")
                  .statusCode())
          .isEqualTo(200);
      assertThat(server.admin("GET", "/healthz", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aWebPageIsRefused() throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, OWN_PORT)) {
      var answer =
          server.send(server.adminPort(), "POST", "/admin/drain", "", "Origin", "http://x.example");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void reloadSaysWhatChanged() throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, OWN_PORT)) {
      assertThat(server.admin("POST", "/admin/reload", "").body())
          .contains("\"carried_over\":[\"main\"],\"opened\":[],\"closed\":[]", "\"warnings\":[]");
      server.write("other", OWN_PORT + "\nlog_level: debug\naudit: {}");
      var answer = server.admin("POST", "/admin/reload", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"carried_over\":[],\"opened\":[\"other\"],\"closed\":[\"main\"]")
          .contains("audit is not implemented");
      assertThat(server.get("/api/v1/providers").body()).contains("\"default\":\"other\"");
    }
  }

  @Test
  void aBadFileIsRefusedWithAllItsProblemsAndShownUntilAGoodOneComes() throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, OWN_PORT)) {
      server.write("other", OWN_PORT + "\nserve: {}\nlog_level: loud");
      var answer = server.admin("POST", "/admin/reload", "");
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body())
          .contains("\"detail\":\"Nothing was changed: gateway.yaml has 2 problem(s).\"")
          .contains("\"path\":\"serve\"", "\"path\":\"log_level\"");
      var ready = server.get("/readyz");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body())
          .contains("\"reasons\":{\"configuration\":\"gateway.yaml has 2 problems;");
      assertThat(server.get("/api/v1/providers").body()).contains("\"default\":\"main\"");

      Files.delete(file);
      assertThat(server.admin("POST", "/admin/reload", "").body()).contains("no such file");

      server.write("other", OWN_PORT);
      assertThat(server.admin("POST", "/admin/reload", "").statusCode()).isEqualTo(200);
      assertThat(server.get("/readyz").body()).doesNotContain("reasons");
    }
  }

  @Test
  void whatWaitsForARestartIsNamedAndWhatDoesNotHolds() throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, OWN_PORT)) {
      Files.writeString(
          file,
          Files.readString(file)
                  .replace("{port: 0}\np", "{port: 1, max_concurrent_requests: 3, mode: strict}\np")
                  .replace("admin: {port: 0}", "admin: {port: 1}")
              + "auth: {backend: api_key, api_keys: [{key: callers-key}]}\n");
      assertThat(server.admin("POST", "/admin/reload", "").body())
          .contains(
              "server.port was changed",
              "server.max_concurrent_requests was changed",
              "admin was changed");
      assertThat(server.get("/api/v1/providers").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/v1/providers", "X-Api-Key", "callers-key").statusCode())
          .isEqualTo(200);
      assertThat(server.admin("GET", "/admin/config", "").body())
          .contains("mode: strict", "max_concurrent_requests: 10000");
    }
  }

  @Test
  void drainingIsToldAndCallsAreServed() throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, OWN_PORT)) {
      assertThat(server.admin("POST", "/admin/drain", "").body())
          .isEqualTo("{\"status\":\"draining\"}");
      var ready = server.get("/readyz");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).startsWith("{\"status\":\"draining\"");
      var answer =
          server.send(server.port(), "POST", ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aDryRunSaysWhereACallWouldGo() throws Exception {
    try (ReloadingServer server = new ReloadingServer(file, OWN_PORT)) {
      var answer = server.admin("POST", "/admin/route", "{\"model\":\"main/x\",\"messages\":[]}");
      assertThat(answer.body())
          .startsWith(
              "{\"model\":\"main/x\",\"reason\":\"The model begins with the name of a backend.\","
                  + "\"targets\":[{\"backend\":\"main\",\"model\":\"x\"")
          .contains("\"available\":true", "\"circuit_breaker\":\"closed\"");
      var unknown =
          server.send(
              server.adminPort(), "POST", "/admin/route", "{}", HeaderNames.PROVIDER_LLM, "x");
      assertThat(unknown.statusCode()).isEqualTo(400);
      assertThat(unknown.body()).contains("Unknown llm provider 'x'");
      assertThat(server.admin("POST", "/admin/route", "{\"model\":1}").statusCode()).isEqualTo(422);
      assertThat(server.admin("POST", "/admin/route", "no json").body()).contains("json_invalid");
    }
  }
}
