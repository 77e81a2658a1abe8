package io.agenticprimitives.gateway.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.core.config.LoggingConfig;
import io.agenticprimitives.gateway.core.config.LoggingConfig.Format;
import io.agenticprimitives.gateway.core.config.LoggingConfig.Level;
import io.agenticprimitives.gateway.server.testing.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingSetupTest {
  private final PrintStream realError = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Logger ours = LoggerFactory.getLogger("io.agenticprimitives.gateway.Something");

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(realError);
    LogLines.restoreSetup();
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static LoggingConfig config(Format format, Level level) {
    return new LoggingConfig(format, true, level);
  }

  @Test
  void aLineOfTextHasTimeLevelMessageAndFields() {
    LoggingSetup.apply(config(Format.TEXT, Level.INFO));
    ours.atInfo().addKeyValue("status", 200).log("call");
    assertThat(lines())
        .singleElement()
        .asString()
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO  \\[Something] call"
                + " status=200");
  }

  @Test
  void whatComesFromOutsideCannotMakeALineOfItsOwn() {
    LoggingSetup.apply(config(Format.TEXT, Level.INFO));
    String evil = "a\r\n2026-01-01T00:00:00.000Z ERROR forged\u001b[31m\u2028\u0085";
    ours.warn("said {}", evil, new IllegalStateException(evil));
    assertThat(lines().getFirst())
        .contains(
            "said a\\u000d\\u000a2026-01-01T00:00:00.000Z ERROR forged"
                + "\\u001b[31m\\u2028\\u0085");
    assertThat(lines().subList(1, lines().size()))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("    | "));
    assertThat(String.join("", lines())).doesNotContain("\u001b");
  }

  @Test
  void aFieldCannotLookLikeAnotherFieldOrLine() {
    LoggingSetup.apply(config(Format.TEXT, Level.INFO));
    ours.atInfo().addKeyValue("model", "m status=200\nINFO \"x\" \u001b[31m").log("call");
    ours.atInfo().addKeyValue("model", "").log("call");
    assertThat(lines()).hasSize(2);
    assertThat(lines().getFirst())
        .endsWith("call model=\"m status=200\\nINFO \\\"x\\\" \\u001b[31m\"");
    assertThat(lines().getLast()).endsWith("call model=\"\"");
  }

  @Test
  void aLineOfJsonIsOneObjectWithTheFieldsOfTheLine() throws Exception {
    LoggingSetup.apply(config(Format.JSON, Level.INFO));
    ours.atInfo()
        .addKeyValue("model", "a\"\nb\u2028\ud800")
        .addKeyValue("status", 200)
        .addKeyValue("ms", 5_000_000_000L)
        .addKeyValue("level", "forged")
        .log("call {}", "x\ny");
    assertThat(lines()).singleElement().asString().isASCII();
    JsonNode line = new ObjectMapper().readTree(lines().getFirst());
    assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(line.path("logger").asText()).isEqualTo("io.agenticprimitives.gateway.Something");
    assertThat(line.path("message").asText()).isEqualTo("call x\ny");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("field_level").asText()).isEqualTo("forged");
    assertThat(line.path("model").asText()).isEqualTo("a\"\nb\u2028\ud800");
    assertThat(line.path("status").isInt()).isTrue();
    assertThat(line.path("ms").asLong()).isEqualTo(5_000_000_000L);
  }

  @Test
  void aStackTraceIsOneFieldOfItsLine() throws Exception {
    LoggingSetup.apply(config(Format.JSON, Level.INFO));
    ours.error("failed", new IllegalStateException("out\r\n\u0085er", new Error("inner")));
    assertThat(lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(lines().getFirst());
    assertThat(line.path("message").asText()).isEqualTo("failed");
    assertThat(line.path("stack_trace").asText())
        .contains("IllegalStateException: out\r\n\u0085er", "Caused by: java.lang.Error: inner")
        .contains("at " + getClass().getName());
  }

  @Test
  void whatLibrariesWriteElsewhereAndWhatEndsAThreadAreLinesOfTheLog() throws Exception {
    LoggingSetup.apply(config(Format.JSON, Level.INFO));
    java.util.logging.Logger.getLogger("io.opentelemetry.Something").warning("not sent");
    Thread thread = new Thread(LoggingSetupTest::fail, "t");
    thread.start();
    thread.join();
    assertThat(lines()).hasSize(2);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(lines().getFirst()).path("message").asText()).isEqualTo("not sent");
    JsonNode ended = json.readTree(lines().getLast());
    assertThat(ended.path("message").asText()).isEqualTo("Thread t failed");
    assertThat(ended.path("stack_trace").asText()).contains("IllegalStateException: on purpose");
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }

  @Test
  void theLevelIsThatOfTheGatewayAndNotOfItsLibraries() {
    LoggingSetup.apply(config(Format.TEXT, Level.DEBUG));
    ours.debug("ours");
    LoggerFactory.getLogger("org.eclipse.jetty.Something").debug("a header with a secret");
    assertThat(lines()).singleElement().asString().contains("ours");
  }

  @Test
  void whatTheGatewaySaysOfItselfIsThereAtEveryLevel() {
    LoggingSetup.apply(config(Format.TEXT, Level.ERROR));
    LoggerFactory.getLogger("gateway").info("ready");
    LoggerFactory.getLogger("gateway.calls").info("call");
    ours.warn("not there");
    assertThat(lines()).singleElement().asString().contains("ready");
  }

  @Test
  void aCommandThatPrintsIsNotDisturbed() {
    LoggingSetup.keepOutOfTheWay();
    ours.warn("not there");
    ours.error("there");
    assertThat(lines()).singleElement().asString().contains("there");
  }
}
