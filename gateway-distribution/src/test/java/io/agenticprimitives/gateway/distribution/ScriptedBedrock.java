package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.provider.bedrock.ConverseValidator;
import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.provider.bedrock.Signatures;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/// A scripted server in the place of Bedrock. It serves many callers at once: each has AWS keys of
/// its own, by which it is known. As Bedrock does, it refuses keys that it does not know and
/// signatures that are wrong.
final class ScriptedBedrock implements AutoCloseable {
  static final String EVENT_STREAM = "application/vnd.amazon.eventstream";
  static final String PROVIDER =
      "agentic_primitives_gateway.primitives.llm.bedrock.BedrockConverseProvider";

  private final ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(this::answer);
  private final Map<String, Caller> callers = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /// Someone with AWS keys, and what was asked with them.
  ///
  /// @param token of the session, or empty
  record Caller(
      String keyId,
      String secret,
      String token,
      Function<RecordedRequest, Script> answer,
      List<RecordedRequest> requests) {

    /// The headers that put these keys into a call.
    String[] headers(String... more) {
      return Stream.concat(
              Stream.of("X-AWS-Access-Key-Id", keyId, "X-AWS-Secret-Access-Key", secret),
              Stream.of(more))
          .toArray(String[]::new);
    }

    /// The one request that came.
    RecordedRequest request() {
      assertThat(requests).hasSize(1);
      return requests.getFirst();
    }
  }

  URI uri() {
    return upstream.uri();
  }

  ScriptedUpstream upstream() {
    return upstream;
  }

  /// A new caller, who always gets this answer.
  Caller caller(Script answer) {
    return caller(_ -> answer);
  }

  Caller caller(Function<RecordedRequest, Script> answer) {
    int number = count.incrementAndGet();
    return caller("AKIACALLER%06d".formatted(number), "secret/of+caller" + number, "", answer);
  }

  /// A caller with given keys.
  Caller caller(
      String keyId, String secret, String token, Function<RecordedRequest, Script> answer) {
    Caller caller = new Caller(keyId, secret, token, answer, new CopyOnWriteArrayList<>());
    callers.put(keyId, caller);
    return caller;
  }

  private Script answer(RecordedRequest request) {
    String authorization = request.header("Authorization").orElse("");
    Caller caller =
        callers.get(authorization.replaceAll(".*(?:Credential=([^/]*)/|Bearer (.*)).*", "$1$2"));
    if (caller == null) {
      return refusal("UnrecognizedClientException", "The security token is invalid.");
    }
    if (!isSigned(request, authorization, caller)) {
      return refusal("InvalidSignatureException", "The request signature does not match.");
    }
    caller.requests().add(request);
    return caller.answer().apply(request);
  }

  private static boolean isSigned(RecordedRequest request, String authorization, Caller caller) {
    return authorization.startsWith("Bearer ")
        ? request.header("X-Amz-Security-Token").isEmpty()
        : authorization.equals(Signatures.of(request, caller.secret()))
            && request.header("X-Amz-Security-Token").orElse("").equals(caller.token());
  }

  private static Script refusal(String type, String message) {
    return error(403, type, message);
  }

  /// An error as Bedrock writes it.
  static Script error(int status, String type, String message) {
    return Script.json(status, NativeClient.JSON.createObjectNode().put("message", message) + "")
        .withHeader("x-amzn-ErrorType", type + ":http://internal.amazon.com/coral/")
        .withHeader("x-amzn-RequestId", "11112222-3333-4444-5555-666677778888");
  }

  /// An answer of ConverseStream.
  static Script stream(Frames frames) {
    return Script.bytes(200, EVENT_STREAM, frames.bytes());
  }

  /// What was sent, which must break no rule of Converse.
  static JsonNode validBody(RecordedRequest request) {
    JsonNode body = NativeClient.json(request.bodyText());
    assertThat(ConverseValidator.violations(body, model(request))).isEmpty();
    return body;
  }

  /// The model in the path.
  static String model(RecordedRequest request) {
    return URLDecoder.decode(request.path().split("/", -1)[2], StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    upstream.close();
  }
}
