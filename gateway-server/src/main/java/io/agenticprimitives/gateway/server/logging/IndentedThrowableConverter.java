package io.agenticprimitives.gateway.server.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.stream.Collectors;

/// A stack trace whose lines all begin with a mark, so that none of them, whatever the message of
/// an exception holds, can be taken for a line of its own.
public final class IndentedThrowableConverter extends ThrowableProxyConverter {
  private static final String MARK = "    | ";

  @Override
  protected String throwableProxyToString(IThrowableProxy throwable) {
    return super.throwableProxyToString(throwable)
        .lines()
        .map(line -> MARK + ControlCharacters.escape(line.replace("\t", "  ")) + "\n")
        .collect(Collectors.joining());
  }
}
