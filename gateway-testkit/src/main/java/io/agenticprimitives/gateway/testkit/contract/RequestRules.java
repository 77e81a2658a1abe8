package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a caller asks reaches the upstream, or the caller is told that it does not: nothing is
/// dropped in silence.
final class RequestRules {
  private final LlmBackendContract contract;

  RequestRules(LlmBackendContract contract) {
    this.contract = contract;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (Part part : RequestParts.all()) {
      boolean optional = part.capability().map(c -> !contract.can(c)).orElse(false);
      if (optional) {
        rules.add(new Rule(part.name() + ": refused or reported", () -> notDeclared(part)));
      } else if (contract.dialect().isPresent()) {
        rules.add(new Rule(part.name() + ": sent, reported or refused", () -> accountedFor(part)));
      }
    }
    if (contract.dialect().isPresent()) {
      rules.add(new Rule("the conversation keeps its order", this::order));
    }
    return rules;
  }

  /// What became of a request.
  ///
  /// @param sent what the upstream got; empty if it was not asked
  /// @param adjustments what was reported
  /// @param refusal why it was refused, if it was
  private record Outcome(
      String sent, List<String> adjustments, Optional<BackendException> refusal) {
    boolean isTold() {
      return refusal.isPresent() || !adjustments.isEmpty();
    }
  }

  private void notDeclared(Part part) {
    Outcome outcome = outcome(part.request());
    Advice.require(
        outcome.isTold(),
        "The request has %s, which is not among capabilities(), and nobody is told."
            .formatted(part.name()),
        "Refuse it with ErrorKind.UNSUPPORTED, or report it with call.adjusted; or declare %s."
            .formatted(part.capability().map(Enum::name).orElse("it")));
    outcome.refusal().ifPresent(refusal -> requireCallersFault(part, refusal));
  }

  private void accountedFor(Part part) {
    Outcome outcome = outcome(part.request());
    boolean must = part.capability().isPresent();
    List<String> missing =
        part.marks().stream().filter(mark -> !outcome.sent().contains(mark)).toList();
    Advice.require(
        missing.isEmpty() || outcome.isTold(),
        "The request has %s, of which the upstream did not get %s, and nobody is told. It got: %s"
            .formatted(part.name(), missing, outcome.sent()),
        "Send it, or report it with call.adjusted(path, action, reason), or refuse it with"
            + " ErrorKind.UNSUPPORTED.");
    outcome.refusal().ifPresent(refusal -> requireCallersFault(part, refusal));
    Advice.require(
        !must || outcome.refusal().isEmpty(),
        "capabilities() declares %s, and a request that needs it is refused: %s"
            .formatted(part.name(), outcome.refusal().map(BackendException::message).orElse("")),
        "Translate it, or do not declare it.");
  }

  private static void requireCallersFault(Part part, BackendException refusal) {
    Advice.require(
        refusal.kind() == ErrorKind.UNSUPPORTED || refusal.kind() == ErrorKind.INVALID_REQUEST,
        "A request with %s is refused as %s: %s"
            .formatted(part.name(), refusal.kind(), refusal.message()),
        "Use ErrorKind.UNSUPPORTED for what the upstream has no way to do.");
  }

  private Outcome outcome(CompletionRequest request) {
    RecordingCall call = new RecordingCall();
    try (Trial trial = new Trial(contract)) {
      contract
          .dialect()
          .ifPresent(
              dialect -> {
                Script hello =
                    dialect.answer(
                        UpstreamAnswer.saying(StopReason.END_TURN, "Hello"), request.delivery());
                trial.upstream().onRequest(_ -> hello);
              });
      Optional<BackendException> refusal = Optional.empty();
      try (EventStream events = new GrammarCheck(trial.backend().stream(request, call))) {
        events.next();
      } catch (BackendException refused) {
        trial.checkMessage(refused);
        refusal = Optional.of(refused);
      }
      boolean asked = trial.upstream().requestCount() > 0;
      String sent = asked ? Trial.everythingIn(trial.request()) : "";
      return new Outcome(sent, call.adjustments(), refusal);
    }
  }

  private void order() {
    List<String> words = List.of("Apricot", "Bramble", "Cherry", "Damson", "Elder");
    CompletionRequest request =
        Requests.of(
                List.of(
                    Requests.system("Apricot"),
                    Requests.user(ContentBlock.Text.of("Bramble")),
                    Requests.assistant(ContentBlock.Text.of("Cherry")),
                    Requests.user(ContentBlock.Text.of("Damson"), ContentBlock.Text.of("Elder"))))
            .delivered(Delivery.STREAMED);
    String sent = outcome(request).sent();
    words.forEach(
        word ->
            Advice.require(
                sent.contains(word),
                "'%s' of the conversation did not reach the upstream: %s".formatted(word, sent),
                "Send every message."));
    for (int i = 2; i < words.size(); i++) {
      Advice.require(
          sent.indexOf(words.get(i - 1)) < sent.indexOf(words.get(i)),
          "The conversation was sent in another order: " + sent,
          "Keep the order of messages and of the parts in them.");
    }
  }
}
