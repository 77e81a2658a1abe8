package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.CompletionCall;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.server.output.Failure;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What happened to one call, for the one line of the log that it gets. There is nothing in it of
/// what was said. Not thread-safe.
final class CallRecord {
  private static final Logger log = LoggerFactory.getLogger("gateway.calls");

  /// What proxies write down for a caller who left before its answer was complete.
  private static final int CALLER_LEFT = 499;

  private final Exchange exchange;
  private final String route;
  private String backend = "";
  private @Nullable CompletionCall completion;
  private String model = "";
  private int status = 500;
  private String outcome = "internal";
  private Usage usage = Usage.UNKNOWN;
  private @Nullable Duration firstEvent;

  CallRecord(Exchange exchange, String route) {
    this.exchange = exchange;
    this.route = route;
  }

  void servedBy(String backendName) {
    backend = backendName;
  }

  /// Asks a completion, in the end, who served it and what was tried.
  void follow(CompletionCall call) {
    completion = call;
  }

  /// The model that is asked for, and then the one that answers, as far as the upstream says.
  void model(String name) {
    if (!name.isEmpty()) {
      model = name;
    }
  }

  void firstEvent() {
    if (firstEvent == null) {
      firstEvent = elapsed();
    }
  }

  void usage(Usage known) {
    usage = known;
  }

  /// The caller has its whole answer.
  void finished() {
    status = 200;
    outcome = "finished";
  }

  /// The caller was told of a failure, by a status or in the stream.
  void failed(Failure failure) {
    status = failure.status();
    outcome = failure.kind();
  }

  void callerLeft() {
    status = CALLER_LEFT;
    outcome = "cancelled";
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - exchange.startedAt());
  }

  /// Writes the line.
  void log() {
    CompletionCall asked = completion;
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("request_id", exchange.requestId())
            .addKeyValue("route", route)
            .addKeyValue("backend", LogText.of(asked == null ? backend : asked.backend()))
            .addKeyValue("model", LogText.of(model))
            .addKeyValue("status", status)
            .addKeyValue("outcome", outcome)
            .addKeyValue("ms", elapsed().toMillis());
    if (firstEvent != null) {
      line = line.addKeyValue("first_event_ms", firstEvent.toMillis());
    }
    line = withTokens(line, "input_tokens", usage.inputTokens());
    line = withTokens(line, "output_tokens", usage.outputTokens());
    if (asked != null && isWorthTelling(asked.attempts())) {
      line = line.addKeyValue("attempts", LogText.of(AttemptText.of(asked.attempts())));
    }
    line.log("call");
  }

  /// That one backend was asked and answered says nothing that the line does not say anyway.
  private static boolean isWorthTelling(List<Attempt> attempts) {
    return attempts.size() > 1
        || attempts.stream().anyMatch(attempt -> attempt.failure().isPresent());
  }

  private static LoggingEventBuilder withTokens(
      LoggingEventBuilder line, String name, OptionalLong tokens) {
    return tokens.isPresent() ? line.addKeyValue(name, tokens.getAsLong()) : line;
  }
}
