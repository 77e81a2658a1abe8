package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;

/// How the JSON of requests is written.
final class RequestJson {
  /// Buffers are kept by the factory and not by threads: threads outlive this plugin.
  private static final int KEPT_BUFFERS = 64;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.newBoundedPool(KEPT_BUFFERS)).build();

  private RequestJson() {}

  static JsonGenerator generator(OutputStream out) throws IOException {
    return new WellFormedGenerator(FACTORY.createGenerator(out));
  }

  /// A field whose value is JSON already.
  static void writeRaw(JsonGenerator json, String name, JsonText value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value.text());
  }

  /// The extras of an object, except those whose names it has already.
  static void writeExtras(JsonGenerator json, Extras extras, Set<String> written)
      throws IOException {
    for (Map.Entry<String, JsonText> field : extras.fields().entrySet()) {
      if (!written.contains(field.getKey())) {
        writeRaw(json, field.getKey(), field.getValue());
      }
    }
  }
}
