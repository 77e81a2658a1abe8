package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Visits the pictures of a request that go to the model: those of the user and of tools.
///
/// @param change gives what stands for a picture, by its path in the request
record ImagePlaces(BiFunction<String, ContentBlock.Image, ContentBlock> change) {

  /// The request with what stands for its pictures.
  CompletionRequest applied(CompletionRequest request) {
    List<Message> messages = new ArrayList<>();
    for (Message message : request.messages()) {
      messages.add(applied(message, "messages[" + messages.size() + "]"));
    }
    return new CompletionRequest(
        request.model(),
        messages,
        request.tools(),
        request.toolChoice(),
        request.responseFormat(),
        request.sampling(),
        request.delivery(),
        request.extras());
  }

  /// The model itself sends no pictures that could be sent back.
  private Message applied(Message message, String path) {
    return switch (message) {
      case Message.SystemPrompt prompt ->
          new Message.SystemPrompt(
              prompt.developer(), applied(prompt.content(), path), prompt.extras());
      case Message.User user -> new Message.User(applied(user.content(), path), user.extras());
      case Message.Tool tool -> new Message.Tool(applied(tool.content(), path), tool.extras());
      case Message.Other other ->
          new Message.Other(other.role(), applied(other.content(), path), other.extras());
      default -> message;
    };
  }

  private List<ContentBlock> applied(List<ContentBlock> blocks, String path) {
    List<ContentBlock> changed = new ArrayList<>();
    for (ContentBlock block : blocks) {
      String place = path + ".content[" + changed.size() + "]";
      changed.add(
          switch (block) {
            case ContentBlock.Image image -> change.apply(place, image);
            case ContentBlock.ToolResult result ->
                new ContentBlock.ToolResult(
                    result.toolUseId(),
                    applied(result.content(), place),
                    result.error(),
                    result.extras());
            default -> block;
          });
    }
    return changed;
  }
}
