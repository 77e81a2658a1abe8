package io.agenticprimitives.gateway.server.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/// The message of a line, which stays one line whatever was put into it.
public final class EscapedMessageConverter extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return ControlCharacters.escape(event.getFormattedMessage());
  }
}
