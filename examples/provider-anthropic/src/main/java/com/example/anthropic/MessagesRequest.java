package com.example.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.util.OptionalInt;

/// Writes the body of POST `/v1/messages`. It always asks for a stream, however the caller takes
/// the answer: Anthropic advises it for all that may take minutes, and only a stream says by its
/// end that nothing is missing.
final class MessagesRequest {
  private static final String OUTPUT = "output_config";

  private final CompletionRequest request;
  private final AnthropicConfig config;
  private final Notes notes;
  private final ObjectNode body = Json.object();

  private MessagesRequest(CompletionRequest request, AnthropicConfig config, Notes notes) {
    this.request = request;
    this.config = config;
    this.notes = notes;
  }

  /// @throws BackendException if the request cannot be put into Anthropic's words, or the caller
  ///   wants none of it adjusted
  static String encode(CompletionRequest request, AnthropicConfig config, CallContext call) {
    MessagesRequest writer = new MessagesRequest(request, config, new Notes(call));
    writer.write();
    return Json.write(writer.body);
  }

  private void write() {
    String model = model();
    body.put("model", model);
    body.put("max_tokens", maxTokens());
    body.put("stream", true);
    new Conversation(notes, body).write(request.messages());
    new Tools(notes, body).write(request);
    sampling(request.sampling());
    new CallerFields(notes, body).write(request.extras());
    request.responseFormat().ifPresent(this::format);
    request
        .sampling()
        .reasoningEffort()
        .ifPresent(effort -> new Thinking(notes, body, model).apply(effort));
  }

  private String model() {
    if (!request.model().isEmpty()) {
      return request.model();
    }
    return config
        .defaultModel()
        .orElseThrow(
            () ->
                new BackendException(
                        ErrorKind.INVALID_REQUEST,
                        "Name a model: this backend has no default_model in its configuration.")
                    .withParameter("model"));
  }

  private int maxTokens() {
    OptionalInt limit = request.sampling().tokenLimit();
    if (limit.isEmpty()) {
      notes.changed(
          "max_tokens", "Anthropic's API requires a limit; it is " + config.maxTokens() + " here.");
    }
    return limit.orElse(config.maxTokens());
  }

  private void sampling(Sampling sampling) {
    sampling.temperature().ifPresent(this::temperature);
    sampling.topP().ifPresent(value -> body.put("top_p", value));
    sampling.topK().ifPresent(value -> body.put("top_k", value));
    if (!sampling.stop().isEmpty()) {
      sampling.stop().forEach(body.putArray("stop_sequences")::add);
    }
    String none = "Anthropic's API has no such setting.";
    sampling.seed().ifPresent(_ -> notes.dropped("seed", none));
    sampling
        .presencePenalty()
        .ifPresent(value -> droppedUnlessZero("presence_penalty", value, none));
    sampling
        .frequencyPenalty()
        .ifPresent(value -> droppedUnlessZero("frequency_penalty", value, none));
  }

  private void temperature(double wanted) {
    if (wanted > 1) {
      notes.changed("temperature", "Anthropic's temperatures end at 1.");
    }
    body.put("temperature", Math.min(wanted, 1));
  }

  private void droppedUnlessZero(String path, double value, String reason) {
    if (value != 0) {
      notes.dropped(path, reason);
    }
  }

  private void format(ResponseFormat format) {
    switch (format) {
      case ResponseFormat.Text _ -> {}
      case ResponseFormat.JsonObject _ ->
          notes.dropped(
              "response_format",
              "Anthropic's API follows a JSON schema only: give one, or ask for JSON in the"
                  + " prompt.");
      case ResponseFormat.JsonSchema schema -> schema(schema);
      default -> throw Notes.unsupported("response_format", "this form of answer");
    }
  }

  private void schema(ResponseFormat.JsonSchema wanted) {
    if (wanted.schema().isEmpty() || body.path(OUTPUT).has("format")) {
      notes.dropped("response_format", "It has no schema, or output_config sets a form, too.");
      return;
    }
    // The name is a label for the caller's own use.
    if (!wanted.description().isEmpty()) {
      notes.dropped("response_format.json_schema.description", "Write it into the schema.");
    }
    if (!wanted.strict().orElse(true)) {
      notes.changed("response_format.json_schema.strict", "Anthropic always follows the schema.");
    }
    body.with(OUTPUT)
        .putObject("format")
        .put("type", "json_schema")
        .putRawValue("schema", Json.verbatim(wanted.schema().get()));
  }
}
