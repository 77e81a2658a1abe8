package io.agenticprimitives.gateway.provider.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoBackendTest {
  private final List<String> adjusted = new ArrayList<>();

  private final CallContext call =
      new CallContext() {
        @Override
        public String requestId() {
          return "r";
        }

        @Override
        public Duration remaining() {
          return Duration.ofMinutes(1);
        }

        @Override
        public Optional<Secret> credential(String service, String key) {
          return Optional.empty();
        }

        @Override
        public void adjusted(String path, Action action, String reason) {
          adjusted.add(path);
        }
      };

  private static CompletionRequest request(
      OptionalInt maxTokens, Optional<ToolChoice> choice, List<Message> messages) {
    Sampling sampling =
        new Sampling(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            maxTokens,
            OptionalInt.empty(),
            List.of(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty());
    Tool tool = new Tool.Function("lookup", "", Optional.empty(), Optional.empty(), Extras.NONE);
    return new CompletionRequest(
        "",
        messages,
        List.of(tool),
        choice,
        Optional.empty(),
        sampling,
        Delivery.STREAMED,
        Extras.NONE);
  }

  private static Message user(ContentBlock... blocks) {
    return new Message.User(List.of(blocks), Extras.NONE);
  }

  private static EventStream open(CompletionRequest request, CallContext call, Duration delay) {
    return new EchoBackend(new EchoConfig("echo", delay)).stream(request, call);
  }

  private Completion answer(
      OptionalInt maxTokens, Optional<ToolChoice> choice, Message... messages) {
    return Completion.of(open(request(maxTokens, choice, List.of(messages)), call, Duration.ZERO));
  }

  private Completion answer(String text) {
    return answer(OptionalInt.empty(), Optional.empty(), user(ContentBlock.Text.of(text)));
  }

  @ParameterizedTest
  @CsvSource({"Hello!,1", "'Tell me  a story\n',4", "'  two words',2"})
  void itSaysBackWhatItWasTold(String text, int words) {
    Completion completion = answer(text);
    assertThat(completion.text()).isEqualTo(text);
    assertThat(completion.stopReason()).isEqualTo(StopReason.END_TURN);
    assertThat(completion.model()).isEqualTo("echo");
    assertThat(completion.usage().inputTokens()).hasValue(words);
  }

  @Test
  void aLimitOfTokensIsALimitOfWords() {
    Completion completion =
        answer(
            OptionalInt.of(2), Optional.empty(), user(ContentBlock.Text.of("one two three four")));
    assertThat(completion.text()).isEqualTo("one two ");
    assertThat(completion.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    assertThat(completion.usage()).isEqualTo(Usage.of(4, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "call lookup,{}",
    "'call lookup {\"q\": \"tea\"}','{\"q\": \"tea\"}'",
    "call lookup {broken,{}"
  })
  void itCallsAToolWhenItIsToldTo(String text, String arguments) {
    Completion completion = answer(text);
    assertThat(completion.toolCalls()).containsExactly(new ToolCall("", "lookup", arguments));
    assertThat(completion.stopReason()).isEqualTo(StopReason.TOOL_USE);
  }

  @Test
  void itCallsAToolWhenItMustAndNoneWhenItMustNot() {
    Message hello = user(ContentBlock.Text.of("call lookup"));
    assertThat(
            answer(OptionalInt.empty(), Optional.of(new ToolChoice.Required()), hello).toolCalls())
        .hasSize(1);
    assertThat(answer(OptionalInt.empty(), Optional.of(new ToolChoice.None()), hello).text())
        .isEqualTo("call lookup");
  }

  @Test
  void itSaysBackWhatAToolGave() {
    Message result =
        new Message.Tool(
            List.of(
                new ContentBlock.ToolResult(
                    "c", List.of(ContentBlock.Text.of("green tea")), false, Extras.NONE)),
            Extras.NONE);
    Completion completion =
        answer(OptionalInt.empty(), Optional.of(new ToolChoice.Required()), result);
    assertThat(completion.text()).isEqualTo("green tea");
    assertThat(completion.toolCalls()).isEmpty();
  }

  @Test
  void whatItCannotTakeInIsReported() {
    ContentBlock image =
        new ContentBlock.Image(new MediaSource.Url("https://x.example/a.png"), Extras.NONE);
    Completion completion =
        answer(OptionalInt.empty(), Optional.empty(), user(ContentBlock.Text.of("See:"), image));
    assertThat(completion.text()).isEqualTo("See:");
    assertThat(adjusted).containsExactly("messages[0].content[1]");
  }

  @Test
  void closingEndsAPause() throws InterruptedException {
    EventStream stream =
        open(
            request(
                OptionalInt.empty(), Optional.empty(), List.of(user(ContentBlock.Text.of("x")))),
            call,
            Duration.ofMinutes(10));
    stream.next();
    Thread closer = Thread.ofVirtual().start(stream::close);
    assertThatThrownBy(stream::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
    closer.join();
  }
}
