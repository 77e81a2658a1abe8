package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Extension;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Finished;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ReasoningDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.RefusalDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallEnded;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallStarted;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All that came out of a body: the events, and the failure if it ended with one. Making one checks
/// the grammar of the events.
///
/// @param failure null if the answer has finished
record Answer(List<StreamEvent> events, @Nullable BackendException failure) {
  static final String MODEL = "a.model";

  /// A tool call with its arguments exactly as they came.
  record Call(String id, String name, String arguments) {}

  Answer {
    events = List.copyOf(events);
    checkGrammar(events, failure == null);
  }

  static Answer ofStream(Frames frames) {
    return ofStream(new ByteArrayInputStream(frames.bytes()));
  }

  static Answer ofStream(InputStream body) {
    return of(
        new ConverseStreamDecoder(
                new AnswerStream(body, _ -> {}), "request-1", MODEL, ToolNames.of(List.of()))
            ::next);
  }

  static Answer ofJson(String body) {
    return ofJson(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  static Answer ofJson(InputStream body) {
    return of(
        new ConverseAnswerDecoder(
                new AnswerStream(body, _ -> {}),
                "application/json",
                "request-1",
                MODEL,
                ToolNames.of(List.of()))
            ::next);
  }

  /// @param next gives the next event
  static Answer of(Supplier<StreamEvent> next) {
    List<StreamEvent> events = new ArrayList<>();
    try {
      while (events.isEmpty() || !(events.getLast() instanceof Finished)) {
        events.add(next.get());
      }
    } catch (BackendException failure) {
      return new Answer(events, failure);
    }
    assertThatThrownBy(next::get).isInstanceOf(NoSuchElementException.class);
    return new Answer(events, null);
  }

  private static void checkGrammar(List<StreamEvent> events, boolean finished) {
    Map<Integer, Boolean> open = new TreeMap<>();
    for (int i = 0; i < events.size(); i++) {
      StreamEvent event = events.get(i);
      assertThat(event instanceof Started).as("Started comes first: %s", event).isEqualTo(i == 0);
      assertThat(event instanceof Finished)
          .as("Finished comes last: %s", event)
          .isEqualTo(finished && i == events.size() - 1);
      switch (event) {
        case ToolCallStarted call ->
            assertThat(open.put(call.index(), true) == null && call.index() == open.size() - 1)
                .as("dense and new: %s", call)
                .isTrue();
        case ToolCallDelta delta -> {
          assertThat(open.get(delta.index())).isEqualTo(true);
          assertThat(delta.arguments()).isNotEmpty();
        }
        case ToolCallEnded ended -> assertThat(open.put(ended.index(), false)).isEqualTo(true);
        case TextDelta delta -> assertThat(delta.text()).isNotEmpty();
        case ReasoningDelta delta -> assertThat(delta.text()).isNotEmpty();
        case RefusalDelta delta -> assertThat(delta.text()).isNotEmpty();
        case Started _, StreamEvent.ReasoningBlock _, Extension _, StreamEvent.DialectField _ -> {
          // Nothing more to check.
        }
        case Finished _ -> assertThat(open.values()).doesNotContain(true);
      }
    }
  }

  /// The failure, which there must be.
  BackendException failed() {
    return failure == null ? fail("The answer has not failed: %s", events) : failure;
  }

  /// The last event, which must be the end.
  Finished finished() {
    return events.isEmpty() || !(events.getLast() instanceof Finished end)
        ? fail("The answer has not finished", failure)
        : end;
  }

  String model() {
    return events.isEmpty() ? "" : ((Started) events.getFirst()).model();
  }

  String text() {
    return join(event -> event instanceof TextDelta delta ? delta.text() : "");
  }

  String reasoning() {
    return join(event -> event instanceof ReasoningDelta delta ? delta.text() : "");
  }

  private String join(Function<StreamEvent, String> text) {
    return events.stream().map(text).collect(Collectors.joining());
  }

  List<Call> calls() {
    Map<Integer, Call> calls = new LinkedHashMap<>();
    for (StreamEvent event : events) {
      if (event instanceof ToolCallStarted start) {
        calls.put(start.index(), new Call(start.id(), start.name(), ""));
      } else if (event instanceof ToolCallDelta delta) {
        calls.computeIfPresent(
            delta.index(),
            (index, call) ->
                new Call(call.id(), call.name(), call.arguments() + delta.arguments()));
      }
    }
    return List.copyOf(calls.values());
  }

  List<String> reasoningBlocks() {
    List<String> blocks = new ArrayList<>();
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.ReasoningBlock block) {
        blocks.add(block.opaque().text());
      }
    }
    return blocks;
  }

  Map<String, String> extensions() {
    Map<String, String> extensions = new LinkedHashMap<>();
    for (StreamEvent event : events) {
      if (event instanceof Extension extension) {
        extensions.put(extension.name(), extension.value().text());
      }
    }
    return extensions;
  }
}
