package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/// One answer in lines.
final class LineStream implements EventStream {
  private final URI upstream;
  private final String words;
  private final Fault fault;
  private final LineConnection connection = new LineConnection();
  private boolean answered;
  private boolean over;
  private volatile boolean closed;

  LineStream(URI upstream, String words, Fault fault) {
    this.upstream = upstream;
    this.words = words;
    this.fault = fault;
  }

  @Override
  public StreamEvent next() {
    if (over) {
      throw new NoSuchElementException();
    }
    try {
      return answered ? event(connection.bodyLine()) : answered();
    } catch (IOException failure) {
      if (fault == Fault.LETS_EXCEPTIONS_OUT) {
        throw new UncheckedIOException(failure);
      }
      throw told(failure);
    }
  }

  private BackendException told(IOException failure) {
    ErrorKind kind = connection.isConnected() ? ErrorKind.CUT : ErrorKind.UNREACHABLE;
    return new BackendException(
        closed ? ErrorKind.CANCELLED : kind, "The upstream is gone.", failure);
  }

  /// Waits for the answer.
  void await() {
    next();
  }

  private StreamEvent answered() throws IOException {
    connection.send(upstream, words);
    answered = true;
    return switch (connection.status()) {
      case 200 -> new StreamEvent.Started("line");
      case 0 ->
          throw new BackendException(
              closed ? ErrorKind.CANCELLED : ErrorKind.UPSTREAM_FAILURE, "That is no answer.");
      default -> throw refusal(connection.status(), connection.bodyLine());
    };
  }

  private BackendException refusal(int status, String said) {
    ErrorKind kind =
        fault == Fault.KNOWS_ONE_KIND
            ? ErrorKind.UPSTREAM_FAILURE
            : ErrorKind.ofUpstreamStatus(status);
    String key = fault == Fault.TELLS_SECRETS ? " (key " + LineBackend.KEY + ")" : "";
    BackendException refusal = new BackendException(kind, "The upstream says: " + said + key);
    String later = connection.header("Retry-After");
    return later.isEmpty()
        ? refusal
        : refusal.withRetryAfter(Duration.ofSeconds(Long.parseLong(later)));
  }

  private StreamEvent event(String line) {
    if (line.startsWith("+ ")) {
      return new StreamEvent.TextDelta(unescaped(line.substring(2)));
    }
    return Stream.of(StopReason.values())
        .filter(reason -> (". " + reason.wireName()).equals(line))
        .findFirst()
        .map(this::finished)
        .orElseGet(this::noFinish);
  }

  private StreamEvent noFinish() {
    if (fault != Fault.MAKES_UP_FINISH) {
      throw new BackendException(
          closed ? ErrorKind.CANCELLED : ErrorKind.CUT, "The answer was cut.");
    }
    return finished(StopReason.END_TURN);
  }

  private StreamEvent finished(StopReason reason) {
    over = true;
    return new StreamEvent.Finished(reason, "", Usage.UNKNOWN);
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '\\' && i + 1 < text.length()) {
        next = text.charAt(++i) == 'n' ? '\n' : '\\';
      }
      plain.append(next);
    }
    return plain.toString();
  }

  @Override
  public void close() {
    closed = true;
    if (fault == Fault.IGNORES_CLOSE) {
      return;
    }
    try {
      connection.close();
    } catch (IOException already) {
      throw new UncheckedIOException(already);
    }
  }
}
