package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.MaxTokensField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a request in the OpenAI dialect (`POST /v1/chat/completions`, OpenAI API reference,
/// "Create chat completion"). What the caller did not set is not written.
final class RequestEncoder {
  static final String STREAM_OPTIONS = "stream_options";

  private static final JsonText USAGE = new JsonText("{\"include_usage\":true}");

  /// Fields that are written here, so that extras of these names are not.
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "model",
          "messages",
          "tools",
          "tool_choice",
          "response_format",
          "temperature",
          "top_p",
          "top_k",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "seed",
          "presence_penalty",
          "frequency_penalty",
          "parallel_tool_calls",
          "reasoning_effort",
          "stream",
          STREAM_OPTIONS);

  /// What becomes of `stream_options` in a stream.
  enum StreamOptions {
    /// The usage is asked for, whether or not the caller wants it.
    ASK_FOR_USAGE,
    /// They are as the caller wrote them.
    OF_THE_CALLER,
    /// The server refuses them.
    REFUSED
  }

  private final OpenAICompatibleConfig config;

  RequestEncoder(OpenAICompatibleConfig config) {
    this.config = config;
  }

  EncodedRequest encode(CompletionRequest request, StreamOptions options, Adjustments adjustments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = RequestJson.generator(bytes)) {
      json.writeStartObject();
      String model = request.model().isEmpty() ? config.defaultModel() : request.model();
      if (!model.isEmpty()) {
        json.writeStringField("model", model);
      }
      writeMessages(json, request, adjustments);
      new ToolEncoder(json, adjustments).write(request);
      writeSampling(json, request.sampling(), adjustments);
      writeDelivery(json, request, options, adjustments);
      RequestJson.writeExtras(json, request.extras(), OWN_FIELDS);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory failed", impossible);
    }
    return new EncodedRequest(bytes.toByteArray());
  }

  private void writeMessages(JsonGenerator json, CompletionRequest request, Adjustments adjustments)
      throws IOException {
    MessageEncoder messages = new MessageEncoder(json, config.isOpenAi(), adjustments);
    json.writeArrayFieldStart("messages");
    int index = 0;
    for (Message message : request.messages()) {
      messages.write(message, "messages[" + index++ + "]");
    }
    json.writeEndArray();
  }

  private void writeSampling(JsonGenerator json, Sampling sampling, Adjustments adjustments)
      throws IOException {
    writeDouble(json, "temperature", sampling.temperature());
    writeDouble(json, "top_p", sampling.topP());
    writeInt(json, "top_k", sampling.topK());
    writeTokenLimit(json, sampling, adjustments);
    if (!sampling.stop().isEmpty()) {
      json.writeArrayFieldStart("stop");
      for (String stop : sampling.stop()) {
        json.writeString(stop);
      }
      json.writeEndArray();
    }
    if (sampling.seed().isPresent()) {
      json.writeNumberField("seed", sampling.seed().getAsLong());
    }
    writeDouble(json, "presence_penalty", sampling.presencePenalty());
    writeDouble(json, "frequency_penalty", sampling.frequencyPenalty());
    if (sampling.parallelToolCalls().isPresent()) {
      json.writeBooleanField("parallel_tool_calls", sampling.parallelToolCalls().get());
    }
    if (sampling.reasoningEffort().isPresent()) {
      json.writeStringField("reasoning_effort", sampling.reasoningEffort().get());
    }
  }

  /// OpenAI's reasoning models refuse `max_tokens`; many other servers know nothing else; all
  /// refuse both.
  private void writeTokenLimit(JsonGenerator json, Sampling sampling, Adjustments adjustments)
      throws IOException {
    if (sampling.maxTokens().isPresent() && sampling.maxCompletionTokens().isPresent()) {
      adjustments.dropped("max_tokens", "max_completion_tokens is given as well and counts.");
    }
    boolean newName =
        switch (config.maxTokensField()) {
          case MAX_TOKENS -> false;
          case MAX_COMPLETION_TOKENS -> true;
          case AUTO -> config.isOpenAi() || sampling.maxCompletionTokens().isPresent();
        };
    MaxTokensField field =
        newName ? MaxTokensField.MAX_COMPLETION_TOKENS : MaxTokensField.MAX_TOKENS;
    writeInt(json, field.wireName(), sampling.tokenLimit());
  }

  private static void writeDelivery(
      JsonGenerator json, CompletionRequest request, StreamOptions wanted, Adjustments adjustments)
      throws IOException {
    JsonText given = request.extras().fields().get(STREAM_OPTIONS);
    boolean streamed = request.delivery() == Delivery.STREAMED;
    if (streamed) {
      json.writeBooleanField("stream", true);
    }
    if (streamed && wanted == StreamOptions.ASK_FOR_USAGE) {
      RequestJson.writeRaw(json, STREAM_OPTIONS, withUsage(given));
    } else if (given != null && streamed && wanted == StreamOptions.OF_THE_CALLER) {
      RequestJson.writeRaw(json, STREAM_OPTIONS, given);
    } else if (given != null) {
      adjustments.dropped(
          STREAM_OPTIONS, streamed ? "The server refuses it." : "The answer is not streamed.");
    }
  }

  /// The caller's own options, and the usage asked for.
  private static JsonText withUsage(@Nullable JsonText given) {
    return given != null && ResponseJson.treeOrNull(given.text()) instanceof ObjectNode options
        ? new JsonText(ResponseJson.write(options.put("include_usage", true)))
        : USAGE;
  }

  private static void writeDouble(JsonGenerator json, String name, OptionalDouble value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsDouble());
    }
  }

  private static void writeInt(JsonGenerator json, String name, OptionalInt value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsInt());
    }
  }
}
