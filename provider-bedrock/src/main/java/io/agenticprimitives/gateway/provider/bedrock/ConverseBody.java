package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// All members of a Converse request.
///
/// @param tuning how the model is to answer
/// @param outputConfig empty if nothing is set
/// @param passedOn further members, which are JSON already
record ConverseBody(
    Conversation conversation,
    Tuning tuning,
    ObjectNode outputConfig,
    Map<String, JsonText> passedOn) {

  /// Writes the request as JSON in UTF-8.
  byte[] write(ToolNames toolNames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonTrees.FACTORY.createGenerator(bytes)) {
      ConverseWriter writer = new ConverseWriter(json, toolNames);
      try {
        json.writeStartObject();
        members(json, writer);
        json.writeEndObject();
      } catch (JacksonException fault) {
        // The one thing that a generator refuses: half of a surrogate pair in JSON of the caller.
        throw Reports.invalid(writer.path(), "This JSON holds text that is not valid Unicode.");
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private void members(JsonGenerator json, ConverseWriter writer) throws IOException {
    if (!conversation.turns().isEmpty()) {
      writer.turns(conversation.turns());
    }
    if (!conversation.system().isEmpty()) {
      writer.pieces("system", conversation.system());
    }
    if (!tuning.inference().isEmpty()) {
      writer.inference(tuning.inference());
    }
    if (ToolRules.hasTools(conversation.tools())) {
      writer.toolConfig(conversation.tools(), tuning.choice());
    }
    node(json, RequestMembers.MODEL_FIELDS, tuning.modelFields());
    node(json, RequestMembers.OUTPUT, outputConfig);
    writer.members(passedOn);
  }

  private static void node(JsonGenerator json, String member, ObjectNode node) throws IOException {
    if (!node.isEmpty()) {
      json.writeFieldName(member);
      json.writeRawValue(JsonTrees.text(node));
    }
  }
}
