package io.agenticprimitives.gateway.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses scripts that cannot mean what they say, where they are written instead of where they are
/// run. Sabotage that breaks these rules on purpose is what [Step.SendRaw] is for.
final class ScriptRules {
  private @Nullable Framing framing;
  private boolean bodyEnded;
  private boolean connectionEnded;
  private long bodyBytes;

  private ScriptRules() {}

  static void check(List<Step> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(
          "A script needs a step; to close without an answer, use Step.Close");
    }
    ScriptRules rules = new ScriptRules();
    for (int index = 0; index < steps.size(); index++) {
      String problem = rules.problemWith(steps.get(index));
      if (problem != null) {
        throw new IllegalArgumentException(
            "Step %d, %s: %s".formatted(index + 1, steps.get(index), problem));
      }
    }
  }

  private @Nullable String problemWith(Step step) {
    if (connectionEnded) {
      return "the step before it ends the connection, so nothing can follow";
    }
    return switch (step) {
      case Step.Respond respond -> head(respond);
      case Step.Send send -> body(send.payload().size());
      case Step.SendInPieces send -> body(send.payload().size());
      case Step.SendSizes send -> body(send.payload().size());
      case Step.Repeat repeat -> body(total(repeat));
      case Step.EndChunks _ -> endChunks();
      case Step.SendRaw _, Step.AwaitGate _, Step.OpenGate _ -> null;
      case Step.Stall _, Step.Close _, Step.Reset _ -> endConnection();
    };
  }

  private @Nullable String head(Step.Respond respond) {
    if (framing != null) {
      return "the script has a head already; a second response needs a second request";
    }
    framing = respond.framing();
    return null;
  }

  private @Nullable String body(long bytes) {
    bodyBytes = saturatedSum(bodyBytes, bytes);
    if (bodyEnded) {
      return "the body has ended (use Script.sseUnfinished to go on, or SendRaw to go too far)";
    }
    return switch (framing) {
      case null -> "a body needs a Respond before it (or use SendRaw)";
      case Framing.NoBody _ -> "this response has no body (use SendRaw to send one all the same)";
      case Framing.ContentLength(long length) when bodyBytes > length ->
          "that makes more than the announced %d bytes (use SendRaw for the excess)"
              .formatted(length);
      case Framing.ContentLength _, Framing.Chunked _, Framing.CloseDelimited _ -> null;
    };
  }

  private @Nullable String endChunks() {
    if (!(framing instanceof Framing.Chunked) || bodyEnded) {
      return "there is no open chunked body to end (start one with Respond.chunked)";
    }
    bodyEnded = true;
    return null;
  }

  private @Nullable String endConnection() {
    connectionEnded = true;
    return null;
  }

  private static long total(Step.Repeat repeat) {
    boolean fits = repeat.times() <= Long.MAX_VALUE / repeat.payload().size();
    return fits ? repeat.times() * repeat.payload().size() : Long.MAX_VALUE;
  }

  private static long saturatedSum(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }
}
