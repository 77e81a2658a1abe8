package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Reads of a request only which model it is for, so that an operator can send the body of a call
/// as it is, or nothing but `{"model": "..."}`.
public final class RouteQuestionReader {
  private final Faults faults = new Faults(List.of("model"));
  private final Scalars scalars = new Scalars(faults);
  private String model = "";

  private RouteQuestionReader() {}

  /// The model; empty if the request names none.
  ///
  /// @param body JSON in UTF-8
  /// @throws RequestFaultsException if it is no JSON object, or its model is no text
  public static String read(byte[] body) {
    RouteQuestionReader reader = new RouteQuestionReader();
    BodyObject.read(
        body, reader.faults, (field, parser) -> reader.readField(field, RequestJson.value(parser)));
    if (!reader.faults.isEmpty()) {
      throw reader.faults.asException();
    }
    return reader.model;
  }

  private void readField(String field, JsonNode value) {
    if (field.equals("model") && !value.isNull()) {
      model = scalars.string(value, Location.BODY.field(field)).orElse("");
    }
  }
}
