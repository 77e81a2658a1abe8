package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.distribution.FaultGateway.Seen;

/// Writes docs/faults.md: what callers were told when something went wrong.
final class FaultTable {
  static final String COMMAND =
      "mvn verify -pl gateway-distribution -am -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dit.test=FaultMatrixTest -Dfailsafe.failIfNoSpecifiedTests=false"
          + " -Dfaults.write=true";

  private static final int MOST = 240;
  private static final String INTRODUCTION =
      """
      # What callers are told when an upstream fails

      This table is written by a test, `FaultMatrixTest`, which makes each of these faults happen to the assembled gateway and
      fails if something else is seen than what stands here. To write it anew:

      ```sh
      %s
      ```

      - **When**: how far the streamed answer had come when it happened. Servers that are asked for an answer in one piece do
        the same to it; where that cannot be, they send the broken stream there, too.
      - **Streamed** and **whole answer**: the status and the `detail` that the caller gets. What the caller sees of an answer
        that fails after its first event is that part, then an `error` event with this status, kind and `detail`, and
        `message_stop` with the stop reason `error`. `/v1/chat/completions` says the same in OpenAI's form.
      - **With fallback**: the same on a route whose next target is the backend `healthy`.
      - **Attempts**: what the log says of the call on that route, as `X-Gateway-Attempts` does, without the times.

      Retries are switched off here, because they would only repeat the same. Backends are `hurried` if they have a
      `first_event` of 1 s and a `total` of 2 s, and `impatient` if they have an `idle` of 500 ms.
      """
          .formatted(COMMAND);

  private final StringBuilder text = new StringBuilder(INTRODUCTION);
  private String section = "";

  /// Adds what was seen of one fault by callers of the native API.
  void add(Fault fault, Seen streamed, Seen whole, Seen streamedOnRoute, Seen wholeOnRoute) {
    startSection(fault);
    row(
        fault.name(),
        fault.when().words,
        answer(streamed.heard()),
        same(streamed.heard(), whole.heard()) ? "the same" : answer(whole.heard()),
        both(onRoute(streamedOnRoute), onRoute(wholeOnRoute)),
        both(attempts(fault, streamedOnRoute), attempts(fault, wholeOnRoute)));
  }

  private void startSection(Fault fault) {
    String title = fault.backend().startsWith("bedrock") ? "Bedrock" : "OpenAI-compatible servers";
    if (!title.equals(section)) {
      section = title;
      text.append("\n## ").append(title).append("\n\n");
      row("Fault", "When", "Streamed answer", "Whole answer", "With fallback", "Attempts");
      text.append("|---|---|---|---|---|---|\n");
    }
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static boolean same(Heard streamed, Heard whole) {
    return streamed.begun() == whole.begun() && answer(streamed).equals(answer(whole));
  }

  private static String answer(Heard heard) {
    if (heard.isComplete()) {
      return "the complete answer";
    }
    String failure = heard.status() + retryAfter(heard) + ": " + shortened(heard.message());
    return heard.begun()
        ? "`" + heard.text() + "`, then `error` `" + heard.kind() + "` " + failure
        : failure;
  }

  private static String retryAfter(Heard heard) {
    String seconds = heard.header("Retry-After");
    return seconds.isEmpty() ? "" : " (`Retry-After: " + seconds + "`)";
  }

  private static String onRoute(Seen seen) {
    boolean other = seen.heard().header("X-Gateway-Provider").equals(FaultGateway.HEALTHY);
    return other && seen.heard().isComplete() ? "`healthy` serves" : "as without";
  }

  private static String attempts(Fault fault, Seen seen) {
    return "`"
        + (seen.attempts().isEmpty() ? fault.backend() + ";finished" : seen.attempts())
        + "`";
  }

  private static String both(String streamed, String whole) {
    return streamed.equals(whole) ? streamed : "streamed: " + streamed + "; whole: " + whole;
  }

  private static String shortened(String message) {
    String part = message.length() > MOST ? message.substring(0, MOST) + "..." : message;
    return part.replace("|", "\\|").replace("<", "&lt;");
  }

  String markdown() {
    return text.toString();
  }
}
