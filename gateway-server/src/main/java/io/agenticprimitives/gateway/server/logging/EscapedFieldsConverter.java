package io.agenticprimitives.gateway.server.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/// The fields of a line, `key=value` each with a space before it.
public final class EscapedFieldsConverter extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    List<KeyValuePair> fields = event.getKeyValuePairs();
    return fields == null
        ? ""
        : fields.stream()
            .map(field -> " " + field.key + "=" + LogText.of(String.valueOf(field.value)))
            .collect(Collectors.joining());
  }
}
