package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.EOFException;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decodes an answer of ConverseStream.
///
/// The answer is finished when Bedrock has said so, with `messageStop`; any other end is a failure.
/// After `messageStop` it waits for the `metadata` with the usage, but nothing that happens then,
/// except an error that Bedrock reports, undoes the end: a body that breaks off or is damaged there
/// is a finished answer without usage.
///
/// Not thread-safe.
final class ConverseStreamDecoder implements EventSource {
  private static final Set<String> OF_START = Set.of("role", "p");
  private static final Set<String> OF_STOP = Set.of("stopReason", "p");
  private static final Set<String> OF_METADATA = Set.of("usage", "p");

  private final FrameReader frames;
  private final String requestId;
  private final AnswerEvents answer;
  private final ContentBlocks blocks;
  private boolean metadataRead;
  private boolean ended;
  private @Nullable BackendException failure;

  /// @param requestId AWS's id of the request, or empty
  /// @param model the name that Bedrock was asked for
  ConverseStreamDecoder(AnswerStream body, String requestId, String model, ToolNames toolNames) {
    this.frames = new FrameReader(body);
    this.requestId = requestId;
    this.answer = new AnswerEvents(model, toolNames);
    this.blocks = new ContentBlocks(answer);
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
      Frame frame = frames.next();
      if (frame == null) {
        endEarly(AnswerFailures.cut(answer.progress()));
      } else {
        read(frame);
      }
    } catch (FrameReader.DamagedException damaged) {
      endEarly(AnswerFailures.damaged(damaged.fault(), answer.progress(), damaged));
    } catch (EOFException cut) {
      endEarly(AnswerFailures.cut(answer.progress()));
    } catch (IOException broken) {
      endEarly(AnswerFailures.unreadable(broken, answer.progress()));
    } catch (BackendException reported) {
      failure = reported;
    }
  }

  private void endEarly(BackendException otherwise) {
    if (answer.isStopped()) {
      finish();
    } else {
      failure = otherwise;
    }
  }

  private void read(Frame frame) throws IOException {
    switch (frame.kind()) {
      case "event" -> readEvent(frame);
      case "exception" ->
          throw AwsErrors.inStream(AwsError.ofException(frame.type(), frame.payload(), requestId));
      case "error" ->
          throw AwsErrors.inStream(
              AwsError.ofErrorFrame(frame.type(), frame.errorMessage(), requestId));
      default -> throw new FrameReader.DamagedException("a message of an unknown kind", null);
    }
  }

  /// Events that nobody knows yet are passed over.
  private void readEvent(Frame frame) throws IOException {
    try {
      switch (frame.type()) {
        case "contentBlockDelta" -> blocks.add(BlockDelta.read(frame.payload()));
        case "messageStart" -> {
          answer.start();
          answer.extensions().putAllOf(ResponseJson.tree(frame.payload()), OF_START);
        }
        case "contentBlockStart" -> blocks.start(ResponseJson.tree(frame.payload()));
        case "contentBlockStop" -> blocks.stop(ResponseJson.tree(frame.payload()));
        case "messageStop" -> readStop(ResponseJson.tree(frame.payload()));
        case "metadata" -> readMetadata(ResponseJson.tree(frame.payload()));
        default -> {
          // A new kind of event.
        }
      }
    } catch (JacksonException notJson) {
      throw new FrameReader.DamagedException(
          "the " + AwsWords.name(frame.type()) + " is not JSON", notJson);
    }
    if (answer.isStopped() && metadataRead) {
      finish();
    }
  }

  private void readStop(JsonNode stop) {
    answer.stop(stop.path("stopReason").asText(""));
    answer.extensions().putAllOf(stop, OF_STOP);
  }

  private void readMetadata(JsonNode metadata) {
    metadataRead = true;
    answer.usage(metadata.path("usage"));
    answer.extensions().putAllOf(metadata, OF_METADATA);
  }

  private void finish() {
    ended = true;
    try {
      blocks.endAll();
      answer.finish();
    } catch (BackendException reported) {
      failure = reported;
    }
  }
}
