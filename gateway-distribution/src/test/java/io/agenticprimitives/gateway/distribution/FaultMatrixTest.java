package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.distribution.FaultGateway.Asking;
import io.agenticprimitives.gateway.distribution.FaultGateway.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Whatever an upstream does wrong, the caller is told the truth: an error with the right status,
/// or the complete answer, of another backend if need be; and docs/faults.md says the same.
///
/// All faults happen at the same time to one gateway, before the first test; the tests look at what
/// came of each.
class FaultMatrixTest {
  private static final Path TABLE =
      Path.of(System.getProperty("repository.root"), "docs", "faults.md");

  /// So many that those which wait for a deadline do not hold up the others; not so many that the
  /// others come near a deadline.
  private static final int AT_ONCE = 40;

  static final List<Fault> FAULTS =
      Stream.of(RefusalFaults.all(), AnswerFaults.all(), BedrockFaults.all())
          .flatMap(List::stream)
          .toList();

  /// The route of OpenAI's form is asked without fallback, which is not its business.
  private static final List<Asking> ASKINGS =
      List.of(
          new Asking(true, false, false),
          new Asking(false, false, false),
          new Asking(true, true, false),
          new Asking(false, true, false),
          new Asking(true, false, true),
          new Asking(false, false, true));

  private record Case(String fault, Asking asking) {}

  private static final Map<Case, Future<Seen>> seen = new HashMap<>();
  private static FaultGateway gateway;

  @BeforeAll
  static void askForAllOfThem(@TempDir Path directory) throws Exception {
    gateway = new FaultGateway(directory, FAULTS);
    Semaphore places = new Semaphore(AT_ONCE);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Fault fault : FAULTS) {
        for (Asking asking : ASKINGS) {
          seen.put(new Case(fault.id(), asking), callers.submit(() -> ask(fault, asking, places)));
        }
      }
    }
  }

  private static Seen ask(Fault fault, Asking asking, Semaphore places)
      throws InterruptedException {
    places.acquire();
    try {
      return gateway.ask(fault, asking);
    } finally {
      places.release();
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  void theCallerIsToldTheTruth(Fault fault) throws Exception {
    for (Asking asking : ASKINGS) {
      Seen answer = seen(fault, asking);
      assertThat(answer.heard().message())
          .as("%s", asking)
          .doesNotContain(FaultGateway.KEY, FaultGateway.SECRET, "://", "127.0.0.1", "localhost")
          .doesNotContain("java.", "IOException", "RuntimeException", "okhttp", "<html", "\n");
      assertWords(fault, asking, answer.heard());
      assertAttempts(fault, asking, answer);
    }
  }

  private static Seen seen(Fault fault, Asking asking) throws Exception {
    return Objects.requireNonNull(seen.get(new Case(fault.id(), asking))).get();
  }

  private static void assertWords(Fault fault, Asking asking, Heard heard) {
    if (fault.told().isComplete()) {
      assertThat(heard.message()).as("%s", asking).isEmpty();
      assertThat(heard.text().equals(fault.told().says())).as("%s", asking).isTrue();
      return;
    }
    if (isServedByOther(fault, asking)) {
      assertThat(heard.message()).as("%s", asking).isEmpty();
      assertThat(heard.text()).isEqualTo(FaultGateway.GOOD);
      assertThat(heard.header("X-Gateway-Provider")).isEqualTo(FaultGateway.HEALTHY);
      return;
    }
    assertThat(heard.isComplete()).as("%s: %s", asking, heard.text()).isFalse();
    assertThat(heard.message()).as("%s", asking).isNotBlank().contains(fault.told().says());
    boolean shown = fault.isShown(asking.stream());
    assertThat(heard.begun()).as("%s: %s", asking, heard.message()).isEqualTo(shown);
    assertThat(heard.text()).isEqualTo(shown ? Fault.TEXT : "");
    if (!heard.begun() || !asking.chat()) {
      assertThat(heard.status())
          .as("%s: %s", asking, heard.message())
          .isEqualTo(fault.told().status());
    }
    assertThat(heard.header("Retry-After")).isEqualTo(fault.retryAfter());
  }

  private static boolean isServedByOther(Fault fault, Asking asking) {
    return asking.fallback() && fault.isOthersToServe(asking.stream());
  }

  /// The log has how all attempts ended; a stream's header has what was known when it began.
  private static void assertAttempts(Fault fault, Asking asking, Seen answer) {
    String failed = fault.told().kind().equals("cut") ? ";cut;" : ";failed;";
    String first = fault.backend() + failed + fault.told().status();
    String serving = asking.stream() ? ";serving" : ";finished";
    if (fault.told().isComplete()) {
      assertThat(answer.attempts()).as("%s", asking).isEmpty();
      assertThat(answer.attemptsHeader()).isEqualTo(fault.backend() + serving);
      assertThat(answer.outcome()).isEqualTo("finished");
    } else if (isServedByOther(fault, asking)) {
      String next = first + ", " + FaultGateway.HEALTHY;
      assertThat(answer.attempts()).as("%s", asking).isEqualTo(next + ";finished");
      assertThat(answer.attemptsHeader()).isEqualTo(next + serving);
      assertThat(answer.outcome()).isEqualTo("finished");
    } else {
      assertThat(answer.attempts()).as("%s", asking).isEqualTo(first);
      assertThat(answer.attemptsHeader())
          .isEqualTo(answer.heard().begun() ? fault.backend() + serving : first);
      assertThat(answer.outcome()).isEqualTo(fault.told().kind());
    }
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  void theOpenAiRouteSaysTheSame(Fault fault) throws Exception {
    for (boolean stream : new boolean[] {true, false}) {
      Heard chat = seen(fault, new Asking(stream, false, true)).heard();
      Heard other = seen(fault, new Asking(stream, false, false)).heard();
      assertThat(chat.message()).isEqualTo(other.message());
    }
  }

  @Test
  void noSecretIsInTheLog() {
    assertThat(gateway.output()).doesNotContain(FaultGateway.KEY, FaultGateway.SECRET, "\tat ");
  }

  @Test
  void theTableInTheDocsIsWhatWasSeen() throws Exception {
    FaultTable table = new FaultTable();
    for (Fault fault : FAULTS) {
      table.add(
          fault,
          seen(fault, new Asking(true, false, false)),
          seen(fault, new Asking(false, false, false)),
          seen(fault, new Asking(true, true, false)),
          seen(fault, new Asking(false, true, false)));
    }
    if (Boolean.getBoolean("faults.write")) {
      Files.writeString(TABLE, table.markdown());
    }
    assertThat(Files.exists(TABLE) ? Files.readString(TABLE) : "")
        .as("docs/faults.md is not what was seen. To write it anew: %s", FaultTable.COMMAND)
        .isEqualTo(table.markdown());
  }
}
