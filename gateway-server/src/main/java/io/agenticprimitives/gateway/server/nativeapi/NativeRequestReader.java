package io.agenticprimitives.gateway.server.nativeapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stand-in.
public final class NativeRequestReader {
  private NativeRequestReader() {}

  /// Stand-in.
  public static CompletionRequest read(byte[] body, Delivery delivery) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(body);
    } catch (JsonProcessingException failure) {
      throw fault("json_invalid", List.of("body", 0), "JSON decode error", JsonText.EMPTY_OBJECT);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    if (root == null || !root.path("messages").isArray()) {
      throw fault(
          "missing",
          List.of("body", "messages"),
          "Field required",
          new JsonText(root == null ? "null" : root.toString()));
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : root.path("messages")) {
      messages.add(
          new Message.User(
              List.of(ContentBlock.Text.of(message.path("content").asText())), Extras.NONE));
    }
    return new CompletionRequest(
        root.path("model").asText(""),
        messages,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Sampling.UNSET,
        delivery,
        Extras.NONE);
  }

  private static RequestFaultsException fault(
      String type, List<Object> loc, String msg, JsonText input) {
    return new RequestFaultsException(
        List.of(new RequestFault(type, loc, msg, input, Optional.empty())));
  }
}
