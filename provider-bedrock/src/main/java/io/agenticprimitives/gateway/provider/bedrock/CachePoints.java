package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.CachedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the cache points of one request where Converse takes them: after something, not after one
/// another, not after reasoning (anomalyco/opencode#36517), not after a document or video
/// (strands-agents/harness-sdk#4055); at most four, counted over tools, system prompt and messages;
/// and none for an hour behind one for five minutes (strands-agents/harness-sdk#3758).
final class CachePoints {
  private static final int MOST = 4;
  private static final String HOUR = "1h";

  private final Reports reports;
  private final ModelTraits traits;

  CachePoints(Reports reports, ModelTraits traits) {
    this.reports = reports;
    this.traits = traits;
  }

  Conversation settle(Conversation conversation) {
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : conversation.turns()) {
      turns.add(turn.with(placed(turn.pieces(), CachedMember.MESSAGES)));
    }
    return limited(
        new Conversation(
            placed(conversation.tools(), CachedMember.TOOLS),
            placed(conversation.system(), CachedMember.SYSTEM),
            turns));
  }

  private List<Piece> placed(List<Piece> pieces, CachedMember member) {
    List<Piece> placed = new ArrayList<>();
    Optional<Piece.CachePoint> waiting = Optional.empty();
    for (Piece piece : pieces) {
      if (!(piece instanceof Piece.CachePoint point)) {
        placed.add(piece);
        if (waiting.isPresent() && !piece.isReasoning()) {
          reports.changed(
              waiting.get().path(), "Bedrock does not take a cache point here; it stands later.");
          addBehind(waiting.get(), placed);
          waiting = Optional.empty();
        }
      } else if (!traits.cachedMembers().contains(member)) {
        reports.dropped(point.path(), "This model has no cache points here.");
      } else if (waiting.isPresent() || isLast(placed)) {
        reports.dropped(point.path(), "Bedrock refuses two cache points at one place.");
      } else if (placed.isEmpty() || placed.getLast().isReasoning()) {
        waiting = Optional.of(point);
      } else {
        addBehind(point, placed);
      }
    }
    waiting.ifPresent(
        point -> reports.dropped(point.path(), "Bedrock does not take a cache point here."));
    return placed;
  }

  private static boolean isLast(List<Piece> placed) {
    return !placed.isEmpty() && placed.getLast() instanceof Piece.CachePoint;
  }

  private void addBehind(Piece.CachePoint point, List<Piece> placed) {
    if (placed.getLast().isFile()) {
      reports.changed(
          point.path(),
          "Bedrock takes no cache point right after a document or video; the text '%s' stands"
                  .formatted(Blanks.PLACEHOLDER)
              + " between.");
      placed.add(new Piece.Text(point.path(), Blanks.PLACEHOLDER));
    }
    placed.add(point);
  }

  /// The oldest points of the messages go first if there are too many: those of tools and system
  /// prompt are stable, and a hit is looked for from the end.
  private Conversation limited(Conversation conversation) {
    List<Piece> spoken =
        conversation.turns().stream().flatMap(turn -> turn.pieces().stream()).toList();
    int inTurns = count(spoken);
    int inSystem = count(conversation.system());
    int excess = Math.max(0, inTurns + inSystem + count(conversation.tools()) - MOST);
    int fromTurns = Math.min(excess, inTurns);
    int fromSystem = Math.min(excess - fromTurns, inSystem);
    Limit limit = new Limit();
    limit.toDrop = excess - fromTurns - fromSystem;
    List<Piece> tools = limit.apply(conversation.tools());
    limit.toDrop = fromSystem;
    List<Piece> system = limit.apply(conversation.system());
    limit.toDrop = fromTurns;
    List<Turn> turns = new ArrayList<>();
    conversation.turns().forEach(turn -> turns.add(turn.with(limit.apply(turn.pieces()))));
    return new Conversation(tools, system, turns);
  }

  private static int count(List<Piece> pieces) {
    return (int) pieces.stream().filter(Piece.CachePoint.class::isInstance).count();
  }

  /// Walks over all points in the order in which Bedrock evaluates them.
  private final class Limit {
    private int toDrop;
    private boolean shortBefore;

    List<Piece> apply(List<Piece> pieces) {
      List<Piece> kept = new ArrayList<>();
      for (Piece piece : pieces) {
        if (!(piece instanceof Piece.CachePoint point)) {
          kept.add(piece);
        } else if (toDrop > 0) {
          toDrop--;
          reports.dropped(point.path(), "Bedrock takes four cache points; the last ones are kept.");
        } else {
          kept.add(inOrder(point));
        }
      }
      return kept;
    }

    private Piece inOrder(Piece.CachePoint point) {
      if (!point.timeToLive().equals(HOUR)) {
        shortBefore = true;
        return point;
      }
      if (!shortBefore) {
        return point;
      }
      reports.changed(
          point.path(),
          "Bedrock takes no cache point for 1h behind one for 5m; this one is for 5m, too.");
      return new Piece.CachePoint(point.path(), "5m");
    }
  }
}
