package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The body of an answer with a good status. What it is, is told by its first character more than
/// by its content type or by what was asked: some servers answer JSON where a stream was asked for,
/// some stream always, and errors come as JSON under a good status.
final class ResponseBody {
  private ResponseBody() {}

  /// The events of a body. Nothing is read before the first [EventSource#next()].
  ///
  /// @param contentType the header `Content-Type`, or null
  /// @param streamed whether a stream was asked for
  /// @param memory is told how many bytes more are kept of the answer
  static EventSource open(
      @Nullable String contentType, boolean streamed, InputStream body, LongConsumer memory) {
    AnswerBody answer = new AnswerBody(contentType == null ? "" : contentType, body, memory);
    return new Unopened(answer, streamed);
  }

  /// A body whose first character is not known yet.
  private static final class Unopened implements EventSource {
    private final AnswerBody body;
    private final boolean streamed;
    private @Nullable EventSource opened;

    Unopened(AnswerBody body, boolean streamed) {
      this.body = body;
      this.streamed = streamed;
    }

    @Override
    public StreamEvent next() {
      EventSource events = opened;
      if (events == null) {
        events = open(body, streamed);
        opened = events;
      }
      return events.next();
    }
  }

  private static EventSource open(AnswerBody body, boolean streamed) {
    int first;
    try {
      first = body.firstByte();
    } catch (IOException broken) {
      throw AnswerFailures.unreadable(broken, "no character");
    }
    if (first < 0) {
      throw AnswerFailures.empty();
    }
    boolean json = first == '{' || first == '[';
    boolean stream = streamed || isEventStream(body.contentType()) || isField(first);
    return json || !stream ? whole(body) : new StreamDecoder(body);
  }

  private static boolean isEventStream(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  /// The first characters of `data`, `event`, `id`, `retry`, `error` and comments; no JSON object
  /// begins so.
  private static boolean isField(int first) {
    return "deir:".indexOf(first) >= 0;
  }

  private static EventSource whole(AnswerBody body) {
    List<StreamEvent> decoded = AnswerDecoder.decode(body);
    Iterator<StreamEvent> events = decoded.iterator();
    return events::next;
  }
}
