package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sorts the messages of one request into a system prompt and alternating turns. Converse knows two
/// roles and refuses two messages of one role in a row.
///
/// Only system messages at the very start become the system prompt. Later ones stay where they are,
/// as the user's words: if they were moved to the front, the front would change with every turn and
/// nothing could be cached (BerriAI/litellm#41043).
final class TurnReader {
  private static final Set<String> SYSTEM_MEMBERS = Set.of("text", "guardContent", "cachePoint");
  private static final Set<String> MESSAGE_EXTRAS = Set.of(CacheMarks.FIELD);
  private static final Set<String> ASSISTANT_EXTRAS =
      Stream.concat(Thoughts.FIELDS.stream(), MESSAGE_EXTRAS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final Reports reports;
  private final PieceReader pieceReader;
  private final List<Piece> system = new ArrayList<>();
  private final List<OpenTurn> turns = new ArrayList<>();
  private boolean leading = true;

  TurnReader(Reports reports, PieceReader pieceReader) {
    this.reports = reports;
    this.pieceReader = pieceReader;
  }

  /// Reads all messages; once.
  Conversation read(List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      add(messages.get(i), "messages[" + i + "]");
    }
    return new Conversation(List.of(), system, turns.stream().map(OpenTurn::closed).toList());
  }

  private void add(Message message, String path) {
    if (message instanceof Message.SystemPrompt prompt) {
      systemPrompt(prompt, path);
      return;
    }
    leading = false;
    switch (message) {
      case Message.User user -> say(true, path, read(Place.USER, user, path));
      case Message.Tool tool -> say(true, path, read(Place.USER, tool, path));
      case Message.Assistant assistant -> {
        List<Piece> pieces = pieceReader.readAssistant(assistant, path);
        extras(assistant.extras(), ASSISTANT_EXTRAS, path, pieces);
        assistant(path, pieces);
      }
      case Message.Other other -> otherRole(other, path);
      default ->
          throw Reports.unsupported(path, "This backend does not know messages of this kind.");
    }
  }

  private List<Piece> read(Place place, Message message, String path) {
    List<Piece> pieces = pieceReader.read(place, message.content(), path);
    extras(message.extras(), MESSAGE_EXTRAS, path, pieces);
    return pieces;
  }

  private void extras(Extras extras, Set<String> understood, String path, List<Piece> pieces) {
    reports.unknown(path, extras, understood);
    pieceReader.marks().after(path, extras).ifPresent(pieces::add);
  }

  private void systemPrompt(Message.SystemPrompt prompt, String path) {
    if (!leading) {
      reports.changed(
          path,
          "Bedrock takes system messages at the start only; this one is sent as the user's words.");
      say(true, path, read(Place.USER, prompt, path));
      return;
    }
    List<Piece> others = new ArrayList<>();
    for (Piece piece : read(Place.SYSTEM, prompt, path)) {
      if (SYSTEM_MEMBERS.contains(piece.member())) {
        system.add(piece);
      } else {
        reports.changed(
            piece.path(), "Bedrock takes text only as a system prompt; the user sends this one.");
        others.add(piece);
      }
    }
    if (!others.isEmpty()) {
      say(true, path, others);
    }
  }

  /// What the model said, without what it cannot have said: the results of its calls.
  private void assistant(String path, List<Piece> pieces) {
    List<Piece> own = new ArrayList<>();
    List<Piece> results = new ArrayList<>();
    for (Piece piece : pieces) {
      boolean misplaced = piece instanceof Piece.Result result && !result.isServers();
      if (misplaced) {
        reports.changed(piece.path(), "Bedrock takes the results of calls from the user only.");
      }
      (misplaced ? results : own).add(piece);
    }
    boolean saysSomething = own.stream().anyMatch(piece -> !(piece instanceof Piece.CachePoint));
    boolean continues = !turns.isEmpty() && !turns.getLast().isUser();
    if (saysSomething || continues) {
      say(false, path, own);
    } else {
      own.forEach(point -> reports.dropped(point.path(), "Its message says nothing."));
    }
    if (!results.isEmpty()) {
      say(true, path, results);
    }
  }

  /// The oldest form of function calls has results under a role of their own, without an id.
  private void otherRole(Message.Other message, String path) {
    if (!message.role().equals("function")) {
      reports.changed(
          path,
          "Bedrock has no role '%s'; this message is sent as the user's."
              .formatted(message.role()));
      say(true, path, read(Place.USER, message, path));
      return;
    }
    ContentBlock.ToolResult result =
        new ContentBlock.ToolResult("", message.content(), false, Extras.NONE);
    List<Piece> pieces = new ArrayList<>(pieceReader.result(Place.USER, result, path));
    extras(message.extras(), Set.of(CacheMarks.FIELD, "name"), path, pieces);
    say(true, path, pieces);
  }

  private void say(boolean user, String path, List<Piece> pieces) {
    if (turns.isEmpty() || turns.getLast().isUser() != user) {
      turns.add(new OpenTurn(user, path, new ArrayList<>()));
    }
    turns.getLast().pieces().addAll(pieces);
  }

  /// A turn that may still grow.
  private record OpenTurn(boolean isUser, String path, List<Piece> pieces) {
    Turn closed() {
      return new Turn(isUser, path, pieces);
    }
  }
}
