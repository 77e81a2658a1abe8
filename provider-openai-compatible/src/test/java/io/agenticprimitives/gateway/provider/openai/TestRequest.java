package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A small request, to be changed.
///
/// @param request what was made of it so far
record TestRequest(CompletionRequest request) {

  static TestRequest whole() {
    return of(user(ContentBlock.Text.of("Hi")));
  }

  static TestRequest streamed() {
    CompletionRequest whole = whole().request();
    return new TestRequest(
        new CompletionRequest(
            whole.model(),
            whole.messages(),
            whole.tools(),
            whole.toolChoice(),
            whole.responseFormat(),
            whole.sampling(),
            Delivery.STREAMED,
            whole.extras()));
  }

  static TestRequest of(Message... messages) {
    return new TestRequest(
        new CompletionRequest(
            "m1",
            List.of(messages),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Sampling.UNSET,
            Delivery.WHOLE,
            Extras.NONE));
  }

  static Message user(ContentBlock... blocks) {
    return new Message.User(List.of(blocks), Extras.NONE);
  }

  static Message assistant(ContentBlock... blocks) {
    return new Message.Assistant(List.of(blocks), Extras.NONE);
  }

  static Extras extras(String name, String json) {
    return new Extras(Map.of(name, new JsonText(json)));
  }

  TestRequest model(String name) {
    return new TestRequest(request.withModel(name));
  }

  TestRequest tools(Tool... tools) {
    return with(List.of(tools), request.toolChoice(), request.responseFormat());
  }

  TestRequest toolChoice(ToolChoice choice) {
    return with(request.tools(), Optional.of(choice), request.responseFormat());
  }

  TestRequest responseFormat(ResponseFormat format) {
    return with(request.tools(), request.toolChoice(), Optional.of(format));
  }

  private TestRequest with(
      List<Tool> tools, Optional<ToolChoice> choice, Optional<ResponseFormat> format) {
    return new TestRequest(
        new CompletionRequest(
            request.model(),
            request.messages(),
            tools,
            choice,
            format,
            request.sampling(),
            request.delivery(),
            request.extras()));
  }

  TestRequest sampling(Sampling sampling) {
    return new TestRequest(
        new CompletionRequest(
            request.model(),
            request.messages(),
            request.tools(),
            request.toolChoice(),
            request.responseFormat(),
            sampling,
            request.delivery(),
            request.extras()));
  }

  TestRequest with(Extras extras) {
    return new TestRequest(
        new CompletionRequest(
            request.model(),
            request.messages(),
            request.tools(),
            request.toolChoice(),
            request.responseFormat(),
            request.sampling(),
            request.delivery(),
            extras));
  }

  /// What is sent to a server that is not OpenAI's.
  String encoded(TestCall call) {
    return encoded(TestConfig.of("http://localhost:1234"), call);
  }

  String encoded(TestConfig config, TestCall call) {
    return new RequestEncoder(config.config())
        .encode(request, RequestEncoder.StreamOptions.ASK_FOR_USAGE, call::adjusted)
        .toString();
  }

  /// What is sent, nothing being reported.
  String encoded() {
    TestCall call = TestCall.plain();
    String json = encoded(call);
    if (!call.adjustments().isEmpty()) {
      throw new AssertionError("Reported: " + call.adjustments());
    }
    return json;
  }
}
