package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.server.reload.ConfigWatch;
import io.agenticprimitives.gateway.server.testing.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A changed file is noticed without anybody saying so.
class ConfigWatchTest {
  private static final Duration OFTEN = Duration.ofMillis(5);

  @TempDir Path directory;
  private LogLines log;

  @BeforeEach
  void listen() {
    log = LogLines.of("gateway");
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private void awaitLine(String... parts) throws InterruptedException {
    assertThat(log.next().getFormattedMessage()).contains(parts);
  }

  @Test
  void changedDeletedAndRestoredFilesAreNoticedOnceEach() throws Exception {
    Path file = directory.resolve("gateway.yaml");
    try (ReloadingServer server = new ReloadingServer(file, "");
        ConfigWatch _ = ConfigWatch.start(server.reloader, OFTEN)) {
      server.write("other", "");
      awaitLine("the file has changed", "opened [other], closed [main]");

      Files.delete(file);
      awaitLine("refused, 1 problem(s); what served before goes on");
      awaitLine("gateway.yaml: the file cannot be read: there is no such file");
      assertThat(server.get("/readyz").body()).contains("\"configuration\":");

      server.write("other", "");
      awaitLine("carried over [other], opened [], closed []");
      assertThat(server.get("/readyz").body()).doesNotContain("\"configuration\":");
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkThatPointsElsewhereIsNoticed() throws Exception {
    Path first = Files.createDirectory(directory.resolve("..first"));
    Path second = Files.createDirectory(directory.resolve("..second"));
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Path file =
        Files.createSymbolicLink(
            directory.resolve("gateway.yaml"), Path.of("..data", "gateway.yaml"));
    try (ReloadingServer server = new ReloadingServer(file, "");
        ConfigWatch _ = ConfigWatch.start(server.reloader, OFTEN)) {
      String changed = Files.readString(file).replace("main", "other");
      Files.writeString(second.resolve("gateway.yaml"), changed);
      Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

      awaitLine("opened [other], closed [main]");
    }
  }
}
