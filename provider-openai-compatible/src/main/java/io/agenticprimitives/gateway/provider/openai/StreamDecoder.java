package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Decodes a streamed answer: server-sent events whose data are chunks of a chat completion, up to
/// `[DONE]` or the end of the body.
///
/// The answer is finished when the upstream has said so, with a finish reason or with `[DONE]`;
/// anything else is a failure. After a finish reason it waits for the chunk with the usage, but
/// nothing that happens then, except an error that the upstream reports, undoes the end: a body
/// that breaks off or stalls there is a finished answer without usage.
///
/// Not thread-safe.
final class StreamDecoder implements EventSource {
  static final String WANTED = "a streamed OpenAI chat completion";

  private final AnswerBody body;
  private final SseReader events;
  private final AnswerEvents answer = new AnswerEvents();
  private final ChunkReader chunks = new ChunkReader(answer, false);
  private boolean ended;
  private boolean cutInEvent;
  private @Nullable BackendException failure;

  StreamDecoder(InputStream body) {
    this(new AnswerBody("", body));
  }

  StreamDecoder(AnswerBody body) {
    this.body = body;
    this.events = new SseReader(body, body::reserveMemory);
  }

  @Override
  public StreamEvent next() {
    while (true) {
      StreamEvent event = answer.poll();
      if (event != null) {
        return event;
      }
      if (failure != null) {
        throw failure;
      }
      if (ended) {
        throw new NoSuchElementException("The answer has ended");
      }
      advance();
    }
  }

  /// Reads on. A failure waits until the events before it were taken.
  private void advance() {
    try {
      SseReader.Item item = events.next();
      switch (item) {
        case EVENT -> event();
        case STRAY_LINE -> strayLine(events.data());
        case TAIL -> tail(events.data());
        case END -> endOfBody();
      }
    } catch (IOException broken) {
      if (answer.finishReasons().isKnown()) {
        finish();
      } else {
        failure = AnswerFailures.unreadable(broken, answer.progress());
      }
    } catch (BackendException reported) {
      failure = reported;
    }
  }

  private void event() {
    String data = events.data();
    if (data.isBlank()) {
      return;
    }
    if (isDone(data)) {
      endOfStream();
    } else if (events.eventName().equals("error")) {
      throw UpstreamFailures.inAnswer(data);
    } else {
      chunk(data);
    }
  }

  private static boolean isDone(String data) {
    return data.startsWith("[") && data.strip().equals("[DONE]");
  }

  private void chunk(String data) {
    try {
      chunks.read(data);
    } catch (IOException notAChunk) {
      if (answer.finishReasons().isKnown()) {
        finish();
        return;
      }
      throw AnswerFailures.notWhatWasAsked(WANTED, body.contentType(), data, notAChunk);
    }
  }

  /// A line outside the protocol: after `error:`, an error whatever it says; otherwise JSON, which
  /// may hold one.
  private void strayLine(String line) {
    JsonNode json = ResponseJson.treeOrNull(line);
    if (events.isErrorLine() || (json != null && ErrorBody.isError(json))) {
      throw UpstreamFailures.inAnswer(line);
    }
  }

  /// The end of the body in the middle of an event. It counts if it is whole all the same.
  private void tail(String data) {
    if (isDone(data)) {
      endOfStream();
    } else if (ResponseJson.treeOrNull(data) != null) {
      event();
    } else {
      cutInEvent = true;
    }
  }

  private void endOfBody() {
    if (answer.finishReasons().isKnown()) {
      finish();
    } else if (body.isBlank()) {
      failure = AnswerFailures.empty();
    } else {
      boolean cut = answer.isRecognised() || cutInEvent;
      failure = cut ? AnswerFailures.cut(answer.progress()) : notAnAnswer();
    }
  }

  /// `[DONE]` is an end even without a finish reason.
  private void endOfStream() {
    if (answer.isRecognised()) {
      finish();
    } else {
      failure = notAnAnswer();
    }
  }

  private BackendException notAnAnswer() {
    return AnswerFailures.notWhatWasAsked(WANTED, body.contentType(), body.sample());
  }

  private void finish() {
    ended = true;
    try {
      chunks.finish();
    } catch (IOException impossible) {
      throw new IllegalStateException("JSON that was read once", impossible);
    } catch (BackendException reported) {
      failure = reported;
    }
  }
}
