package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The translation of one request: the caller's blocks are read one by one, brought into an order
/// that Converse accepts, and written. Used by one thread, once.
final class Encoding {
  private final ConverseSettings settings;
  private final ModelTraits traits;
  private final Reports reports;
  private final PieceReader pieceReader;

  Encoding(ConverseSettings settings, ModelTraits traits, Reports reports) {
    this.settings = settings;
    this.traits = traits;
    this.reports = reports;
    this.pieceReader = new PieceReader(reports, settings.remoteImages());
  }

  /// @param prompt whether the model is a stored prompt; the request is then without what the
  ///   prompt has itself, and needs no message
  ConverseRequest encode(CompletionRequest request, boolean prompt) {
    Conversation spoken = spoken(request);
    ToolRules.Decision decision =
        prompt
            ? new ToolRules.Decision(List.of(), Optional.empty())
            : new ToolRules(reports, traits).decide(spoken, request.toolChoice());
    Conversation conversation = ruled(spoken.withTools(decision.tools()), prompt);
    ToolNames toolNames = toolNames(conversation);
    boolean tools = ToolRules.hasTools(conversation.tools());
    boolean streamWanted = request.delivery() == Delivery.STREAMED;
    boolean streamed = streamWanted && (traits.toolsInStreams() || !tools);
    RequestMembers members = new RequestMembers(reports, request.extras(), settings.members());
    Inference inference = new InferenceReader(reports, traits).read(request.sampling());
    Tuning tuning = new Tuning(inference, decision.choice(), members.modelFields(traits));
    tune(tuning, request.sampling(), conversation, toolNames);
    ObjectNode outputConfig = members.outputConfig();
    OutputFormat format = new OutputFormat(reports, traits);
    request.responseFormat().ifPresent(wanted -> format.apply(wanted, outputConfig));
    format.effort(tuning.effort(), outputConfig);
    ConverseBody body =
        new ConverseBody(
            conversation, tuning, outputConfig, members.passedOn(streamed, streamWanted, prompt));
    return new ConverseRequest(body.write(toolNames), streamed, toolNames);
  }

  /// What was said, calls and results paired, and the declared tools.
  private Conversation spoken(CompletionRequest request) {
    Conversation read = new TurnReader(reports, pieceReader).read(request.messages());
    List<Turn> paired =
        new ToolPairing(reports, pieceReader.toolBlocks(), traits).pair(read.turns());
    List<Piece> tools = new ToolReader(reports, pieceReader.marks(), traits).read(request.tools());
    return new Conversation(tools, read.system(), paired);
  }

  private Conversation ruled(Conversation conversation, boolean prompt) {
    Conversation settled = new CachePoints(reports, traits).settle(conversation);
    if (prompt && settled.turns().isEmpty()) {
      return settled;
    }
    boolean system = !settled.system().isEmpty();
    return settled.withTurns(new TurnRules(reports).apply(settled.turns(), system));
  }

  private ToolNames toolNames(Conversation conversation) {
    List<Piece> pieces = conversation.allPieces();
    Set<String> names = new LinkedHashSet<>();
    pieces.forEach(piece -> nameOf(piece).ifPresent(names::add));
    ToolNames toolNames = ToolNames.of(names);
    for (Piece piece : pieces) {
      // Each name once, where it stands first.
      Optional<String> changed =
          nameOf(piece).filter(names::remove).filter(n -> !toolNames.toUpstream(n).equals(n));
      changed.ifPresent(
          name ->
              reports.changed(
                  Reports.at(piece.path(), "name"),
                  "Bedrock refuses this tool name; the model knows the tool as '%s'."
                      .formatted(toolNames.toUpstream(name))));
    }
    return toolNames;
  }

  private static Optional<String> nameOf(Piece piece) {
    return switch (piece) {
      case Piece.ToolSpec spec -> Optional.of(spec.name());
      case Piece.Call call -> Optional.of(call.name());
      default -> Optional.empty();
    };
  }

  private void tune(
      Tuning tuning, Sampling sampling, Conversation conversation, ToolNames toolNames) {
    ModelFields modelFields = new ModelFields(reports, traits, toolNames);
    modelFields.apply(sampling, tuning);
    new ThinkingRules(reports, traits).settle(tuning, conversation.turns());
    boolean parallel = sampling.parallelToolCalls().orElse(true);
    if (!parallel && ToolRules.hasTools(conversation.tools())) {
      modelFields.oneCallAtATime(tuning);
    }
  }
}
