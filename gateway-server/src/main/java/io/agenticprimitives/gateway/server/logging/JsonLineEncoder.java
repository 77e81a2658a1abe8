package io.agenticprimitives.gateway.server.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/// One JSON object for each line of the log: `time`, `level`, `logger` and `message`, then the
/// fields of the line under their own names, and a stack trace as `stack_trace`. Everything beyond
/// ASCII is escaped, so that whatever reads lines finds one object in each.
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
  private static final Set<String> TAKEN =
      Set.of("time", "level", "logger", "message", "stack_trace");

  private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

  @Override
  public void start() {
    stackTraces.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    JsonBuffer json = new JsonBuffer().object();
    json.field("time", event.getInstant().toString());
    json.field("level", event.getLevel().toString());
    json.field("logger", event.getLoggerName());
    json.field("message", event.getFormattedMessage());
    writeFields(event, json);
    if (event.getThrowableProxy() != null) {
      json.field("stack_trace", stackTraces.convert(event));
    }
    json.endObject();
    return (json + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static void writeFields(ILoggingEvent event, JsonBuffer json) {
    List<KeyValuePair> fields = event.getKeyValuePairs();
    if (fields == null) {
      return;
    }
    for (KeyValuePair field : fields) {
      json.name(TAKEN.contains(field.key) ? "field_" + field.key : field.key);
      switch (field.value) {
        case Integer number -> json.value(number);
        case Long number -> json.value(number);
        case Boolean truth -> json.value(truth);
        case null -> json.nullValue();
        default -> json.value(String.valueOf(field.value));
      }
    }
  }
}
