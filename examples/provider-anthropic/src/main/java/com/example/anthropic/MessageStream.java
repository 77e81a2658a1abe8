package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The events of one answer.
final class MessageStream implements EventStream {
  private final Exchange exchange;
  private final AnswerDecoder decoder;
  private final Queue<StreamEvent> ready = new ArrayDeque<>();
  private @Nullable SseReader reader;
  private @Nullable BackendException failure;
  private boolean finished;

  MessageStream(Exchange exchange, UpstreamErrors errors) {
    this.exchange = exchange;
    this.decoder = new AnswerDecoder(errors, ready::add);
  }

  @Override
  public StreamEvent next() {
    if (finished) {
      throw new NoSuchElementException("The answer has ended");
    }
    if (failure != null) {
      throw failure;
    }
    try {
      StreamEvent event = read();
      if (event instanceof StreamEvent.Finished) {
        finished = true;
        exchange.finish();
      }
      return event;
    } catch (BackendException end) {
      failure = end;
      exchange.close();
      throw end;
    }
  }

  private StreamEvent read() {
    if (exchange.isClosed()) {
      throw Exchange.cancelled();
    }
    try {
      if (reader == null) {
        reader = new SseReader(exchange.open());
      }
      while (ready.isEmpty()) {
        decoder.decode(whole(reader.next()));
      }
      return ready.remove();
    } catch (IOException broken) {
      throw exchange.broken(broken);
    }
  }

  /// A stream may end only after the event that says so.
  private static String whole(@Nullable String data) throws EOFException {
    if (data == null) {
      throw new EOFException();
    }
    return data;
  }

  @Override
  public void close() {
    exchange.close();
  }
}
