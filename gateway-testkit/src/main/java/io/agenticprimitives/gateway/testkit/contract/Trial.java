package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/// A backend with an upstream of its own, for one rule.
final class Trial implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("https?://|127\\.0\\.0\\.1|localhost:\\d");
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]\\w*");

  private final LlmBackendContract contract;
  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final LlmBackend backend;

  Trial(LlmBackendContract contract) {
    this.contract = contract;
    this.backend = open(contract, upstream.uri());
  }

  static LlmBackend open(LlmBackendContract contract, URI upstream) {
    try {
      return contract.open(upstream);
    } catch (BackendException failure) {
      throw Advice.breach(
          "The backend could not be opened: " + failure.message(),
          "Open it without asking the upstream; its calls may fail later.",
          failure);
    }
  }

  ScriptedUpstream upstream() {
    return upstream;
  }

  LlmBackend backend() {
    return backend;
  }

  /// The next requests are answered so.
  Trial answering(Script... scripts) {
    upstream.enqueue(scripts);
    return this;
  }

  /// Reads an answer to its end.
  Completion complete(CompletionRequest request) {
    return complete(request, new RecordingCall());
  }

  Completion complete(CompletionRequest request, RecordingCall call) {
    try (EventStream events = new GrammarCheck(backend.stream(request, call))) {
      return Completion.of(events);
    } catch (BackendException failure) {
      checkMessage(failure);
      throw failure;
    }
  }

  /// What the backend said to its upstream.
  RecordedRequest request() {
    return upstream.takeRequest(contract.patience());
  }

  /// How a call fails that must.
  ///
  /// @param when what the upstream did
  BackendException failure(CompletionRequest request, String when) {
    Completion completion;
    try {
      completion = complete(request);
    } catch (BackendException expected) {
      return expected;
    }
    throw Advice.breach(
        "%s, and the backend gave a finished answer: '%s' (%s)."
            .formatted(when, completion.text(), completion.stopReason()),
        "Give Finished only for what the upstream says is complete; throw a BackendException"
            + " else.");
  }

  /// What a caller is told: no secrets, no addresses, no class names.
  void checkMessage(BackendException failure) {
    String message = failure.message();
    for (String secret : contract.secrets()) {
      Advice.require(
          !message.contains(secret),
          "A message for callers has a secret of the configuration in it: " + message,
          "Take secrets out of what the upstream says before it is passed on.");
    }
    Advice.require(
        !ADDRESS.matcher(message).find(),
        "A message for callers has an internal address in it: " + message,
        "Say what happened without the address; put details into the cause.");
    Advice.require(
        !CLASS_NAME.matcher(message).find() && !message.contains("Exception:"),
        "A message for callers has a class name in it: " + message,
        "Say in words what happened, and give the exception as the cause.");
  }

  /// What is spent for a rule is given back with it.
  @Override
  public void close() {
    try {
      backend.close();
    } finally {
      upstream.close();
    }
  }

  /// All of a request as text, to look something up in.
  static String everythingIn(RecordedRequest request) {
    List<String> headers =
        request.headers().stream().map(h -> h.name() + ": " + h.value()).toList();
    return request.target() + "\n" + String.join("\n", headers) + "\n" + request.bodyText();
  }
}
