package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.BackendCall;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.server.metrics.EndedCall;
import io.agenticprimitives.gateway.server.metrics.Operation;
import io.agenticprimitives.gateway.server.output.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  /// Of text that callers make up.
  private static final int MAX_LENGTH = 200;

  private final Exchange exchange;
  private final String route;
  private String backend = "";
  private @Nullable BackendCall followed;
  private Operation operation;
  private String askedModel = "";
  private String answeredModel = "";
  private String stopReason = "";
  private String traceId = "";
  private int status = 500;
  private String outcome = "internal";
  private Usage usage = Usage.UNKNOWN;
  private @Nullable Duration firstEvent;

  /// @param operation what the route usually asks for
  CallRecord(Exchange exchange, String route, Operation operation) {
    this.exchange = exchange;
    this.route = route;
    this.operation = operation;
  }

  void tracedAs(String id) {
    traceId = id;
  }

  void servedBy(String backendName) {
    backend = backendName;
  }

  /// Asks a call of backends, in the end, who served it and what was tried.
  void follow(BackendCall call) {
    followed = call;
  }

  /// The answer is wanted as a stream.
  void streamed() {
    operation = Operation.STREAM;
  }

  /// The model that the caller names, if it names one.
  void asksFor(String model) {
    askedModel = model;
  }

  /// The model that answers, as far as the upstream says.
  void answeredBy(String model) {
    answeredModel = model;
  }

  /// Why the model stopped.
  void stopped(StopReason reason) {
    stopReason = reason.wireName();
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

  /// What became of the call, which has ended.
  EndedCall end() {
    BackendCall asked = followed;
    return new EndedCall(
        route,
        operation,
        asked == null ? backend : asked.backend(),
        askedModel,
        answeredModel,
        status,
        outcome,
        stopReason,
        usage,
        operation == Operation.STREAM ? Optional.ofNullable(firstEvent) : Optional.empty(),
        elapsed(),
        asked == null ? List.of() : asked.attempts(),
        asked == null ? List.of() : asked.adjustments(),
        exchange.startedAt());
  }

  /// Writes the line.
  void log(EndedCall call) {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("request_id", exchange.requestId())
            .addKeyValue("route", route)
            .addKeyValue("backend", call.backend())
            .addKeyValue("model", shortened(call.model()))
            .addKeyValue("status", status)
            .addKeyValue("outcome", outcome)
            .addKeyValue("ms", call.total().toMillis());
    if (firstEvent != null) {
      line = line.addKeyValue("first_event_ms", firstEvent.toMillis());
    }
    line = withTokens(line, "input_tokens", usage.inputTokens());
    line = withTokens(line, "output_tokens", usage.outputTokens());
    if (isWorthTelling(call.attempts())) {
      line = line.addKeyValue("attempts", AttemptText.of(call.attempts()));
    }
    if (!traceId.isEmpty()) {
      line = line.addKeyValue("trace_id", traceId);
    }
    line.log("call");
  }

  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
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
