package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.RecordedRequest;

/// How an upstream speaks that answers in words only.
enum Dialect {
  OPENAI {
    @Override
    String said(JsonNode body) {
      return body.at("/messages/0/content").asText();
    }

    @Override
    boolean isStreamed(RecordedRequest request, JsonNode body) {
      return body.path("stream").asBoolean();
    }

    @Override
    String streamType() {
      return "text/event-stream";
    }

    @Override
    byte[] start() {
      return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    }

    @Override
    byte[] piece(String text) {
      return chunk(NativeClient.JSON.createObjectNode().put("content", text).toString(), "null");
    }

    @Override
    byte[] end() {
      byte[] finish = chunk("{}", "\"stop\"");
      return (new String(finish, UTF_8) + "data: [DONE]\n\n").getBytes(UTF_8);
    }

    @Override
    String whole(String text) {
      return "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
          + NativeClient.JSON.createObjectNode().put("content", text)
          + ",\"finish_reason\":\"stop\"}]}";
    }

    @Override
    String models() {
      return "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\"}]}";
    }
  },
  CONVERSE {
    @Override
    String said(JsonNode body) {
      return body.at("/messages/0/content/0/text").asText();
    }

    @Override
    boolean isStreamed(RecordedRequest request, JsonNode body) {
      return request.path().endsWith("/converse-stream");
    }

    @Override
    String streamType() {
      return ScriptedBedrock.EVENT_STREAM;
    }

    @Override
    byte[] start() {
      return new Frames().start().bytes();
    }

    @Override
    byte[] piece(String text) {
      return new Frames().text(0, text).bytes();
    }

    @Override
    byte[] end() {
      return new Frames().blockStop(0).stop("end_turn").metadata().bytes();
    }

    @Override
    String whole(String text) {
      return "{\"stopReason\":\"end_turn\",\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
          + NativeClient.JSON.createObjectNode().put("text", text)
          + "]}},\"usage\":{\"inputTokens\":1,\"outputTokens\":1,\"totalTokens\":2}}";
    }

    @Override
    String models() {
      return "{\"modelSummaries\":[],\"inferenceProfileSummaries\":[]}";
    }
  };

  /// What the caller said last in a request.
  abstract String said(JsonNode body);

  abstract boolean isStreamed(RecordedRequest request, JsonNode body);

  /// The content type of streams.
  abstract String streamType();

  /// How a stream starts, before its text.
  abstract byte[] start();

  /// A piece of text in a stream.
  abstract byte[] piece(String text);

  /// How a stream ends.
  abstract byte[] end();

  /// An answer in one piece.
  abstract String whole(String text);

  /// The list of models.
  abstract String models();

  private static byte[] chunk(String delta, String finishReason) {
    return ("data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":"
            + finishReason
            + "}]}\n\n")
        .getBytes(UTF_8);
  }
}
