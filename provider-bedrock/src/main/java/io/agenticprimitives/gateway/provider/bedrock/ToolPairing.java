package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.BesideResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Brings the calls of one conversation together with their results. Converse wants the results of
/// all calls of a turn at the start of the next, one for each call and none besides ("Expected
/// toolResult blocks at messages.2.content for the following Ids", "The number of toolResult blocks
/// exceeds the number of toolUse blocks of previous turn").
final class ToolPairing {
  private static final Pattern USUAL_ID = Pattern.compile("[a-zA-Z0-9_.:-]{1,64}");

  private final Reports reports;
  private final ToolBlocks toolBlocks;
  private final ModelTraits traits;
  private final CallIds ids;

  ToolPairing(Reports reports, ToolBlocks toolBlocks, ModelTraits traits) {
    this.reports = reports;
    this.toolBlocks = toolBlocks;
    this.traits = traits;
    this.ids = new CallIds(traits.shortCallIds());
  }

  /// A call of the turn that was read last.
  private static final class OpenCall {
    private final String callerId;
    private final Piece.Call call;
    private Optional<Piece.Result> result = Optional.empty();

    OpenCall(String callerId, Piece.Call call) {
      this.callerId = callerId;
      this.call = call;
    }
  }

  /// @param turns alternating
  List<Turn> pair(List<Turn> turns) {
    List<Turn> paired = new ArrayList<>();
    List<OpenCall> open = new ArrayList<>();
    for (Turn turn : turns) {
      if (turn.isUser()) {
        paired.addAll(answered(turn, open));
        open.clear();
      } else {
        paired.add(turn.with(called(turn, open)));
      }
    }
    if (!open.isEmpty()) {
      paired.addAll(answered(new Turn(true, paired.getLast().path(), List.of()), open));
    }
    return paired;
  }

  /// The pieces of a turn of the model with ids that Converse takes.
  ///
  /// @param open gets the calls that wait for results
  private List<Piece> called(Turn turn, List<OpenCall> open) {
    List<Piece> pieces = new ArrayList<>();
    List<OpenCall> servers = new ArrayList<>();
    for (Piece piece : turn.pieces()) {
      switch (piece) {
        case Piece.Call call -> {
          OpenCall renamed = renamed(call);
          (call.isServers() ? servers : open).add(renamed);
          pieces.add(renamed.call);
        }
        case Piece.Result result -> {
          Optional<Piece> answer = answer(result, servers);
          answer.ifPresentOrElse(
              pieces::add, () -> pieces.addAll(toolBlocks.inWords(result, "before it")));
        }
        default -> pieces.add(piece);
      }
    }
    return pieces;
  }

  private OpenCall renamed(Piece.Call call) {
    String id = ids.next(call.id());
    boolean usual = USUAL_ID.matcher(call.id()).matches();
    if (!id.equals(call.id()) && !(usual && traits.shortCallIds())) {
      reports.changed(
          Reports.at(call.path(), "id"),
          "Bedrock refuses this id, or takes it only once; the call and its result have the id '%s'."
              .formatted(id));
    }
    return new OpenCall(
        call.id(), new Piece.Call(call.path(), id, call.name(), call.input(), call.type()));
  }

  /// Gives a result to the first open call that it names.
  ///
  /// @return the result with the id of the call; empty if no call waits for it
  private Optional<Piece> answer(Piece.Result result, List<OpenCall> open) {
    for (OpenCall waiting : open) {
      if (waiting.result.isEmpty() && waiting.callerId.equals(result.callId())) {
        Piece.Result renamed =
            new Piece.Result(
                result.path(),
                waiting.call.id(),
                result.content(),
                result.error() && takesStatus(result.path()),
                result.type());
        waiting.result = Optional.of(renamed);
        return Optional.of(renamed);
      }
    }
    return Optional.empty();
  }

  private boolean takesStatus(String path) {
    if (!traits.resultStatus()) {
      reports.dropped(path, "This model is not told that a tool failed; the text may say so.");
    }
    return traits.resultStatus();
  }

  /// The user's turn after a turn with calls: results first, in the order of the calls.
  private List<Turn> answered(Turn turn, List<OpenCall> open) {
    List<Piece> marks = new ArrayList<>();
    List<Piece> rest = new ArrayList<>();
    boolean afterResult = false;
    for (Piece piece : turn.pieces()) {
      if (piece instanceof Piece.Result result) {
        afterResult = answer(result, open).isPresent();
        if (!afterResult) {
          rest.addAll(toolBlocks.inWords(result, "in the turn before"));
        } else if (!rest.isEmpty()) {
          reports.changed(piece.path(), "Bedrock takes results first; this one was moved there.");
        }
      } else {
        // A cache point stays behind what it covers.
        afterResult = afterResult && piece instanceof Piece.CachePoint;
        (afterResult ? marks : rest).add(piece);
      }
    }
    List<Piece> results = new ArrayList<>();
    open.forEach(call -> results.add(call.result.orElseGet(() -> missing(call.call))));
    results.addAll(marks);
    return separated(turn, results, rest);
  }

  /// What a call gets that nobody answered: it was cancelled, say.
  private Piece.Result missing(Piece.Call call) {
    reports.changed(
        call.path(),
        "The conversation has no result for this call, which Bedrock refuses; an error result is"
            + " sent.");
    Piece text = new Piece.Text(call.path(), "There is no result for this call.");
    return new Piece.Result(call.path(), call.id(), List.of(text), traits.resultStatus(), "");
  }

  /// Some models take results alone, or without files beside them: the rest follows in a turn of
  /// its own, with a word of the model between (pydantic/pydantic-ai#6081).
  private List<Turn> separated(Turn turn, List<Piece> results, List<Piece> rest) {
    boolean together = results.isEmpty() || rest.stream().allMatch(this::standsBesideResults);
    if (together) {
      return List.of(turn.with(results).and(rest));
    }
    String path = rest.getFirst().path();
    reports.changed(
        path,
        "This model does not take it in one message with tool results; a message '%s' of the model"
                .formatted(Blanks.PLACEHOLDER)
            + " stands between.");
    Piece word = new Piece.Text(path, Blanks.PLACEHOLDER);
    return List.of(
        turn.with(results), new Turn(false, path, List.of(word)), new Turn(true, path, rest));
  }

  private boolean standsBesideResults(Piece piece) {
    return piece instanceof Piece.CachePoint
        || traits.besideResults() == BesideResults.ANYTHING
        || (traits.besideResults() == BesideResults.NO_FILES && !piece.isFile());
  }
}
