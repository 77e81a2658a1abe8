package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agenticprimitives.gateway.distribution.Fault.Told;
import io.agenticprimitives.gateway.distribution.Fault.When;
import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What goes wrong at Bedrock, or at what stands before it: no answer, errors and their words, and
/// connections that break.
final class BedrockFaults {
  private static final String JSON_TYPE = "application/json";
  private static final Script JSON = Script.of(Step.Respond.chunked(200, JSON_TYPE));
  private static final Script FRAMES =
      Script.of(Step.Respond.chunked(200, ScriptedBedrock.EVENT_STREAM));
  private static final Step HALF_ANSWER = new Step.Send("{\"output\":{\"message\":");
  private static final Step END = new Step.EndChunks();
  private static final Step CLOSE = new Step.Close();
  private static final Step RESET = new Step.Reset();
  private static final Step STALL = new Step.Stall();

  private static final Told UNREACHABLE = new Told(502, "unreachable", "");
  private static final Told WRONG = new Told(502, "upstream_failure", "");
  private static final Told CUT = new Told(502, "cut", "");
  private static final Told TIMEOUT = new Told(504, "timeout", "its deadline");

  private BedrockFaults() {}

  static List<Fault> all() {
    return Stream.of(
            errors(),
            errorsOfOthers(),
            noAnswer(),
            breakingOff(),
            silent(),
            BedrockFrameFaults.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Fault> errors() {
    return List.of(
        error(429, "ThrottlingException", "Too many requests", 429, "rate_limited"),
        error(429, "ModelNotReadyException", "The model is loading", 429, "rate_limited"),
        error(503, "ServiceUnavailableException", "No capacity", 503, "overloaded"),
        error(408, "ModelTimeoutException", "Took too long", 504, "timeout"),
        error(424, "ModelErrorException", "The model failed", 502, "upstream_failure"),
        error(500, "InternalServerException", "Internal", 502, "upstream_failure"),
        error(400, "ValidationException", "temperature: 0 to 1", 400, "invalid_request"),
        error(404, "ResourceNotFoundException", "end of its life", 404, "not_found"),
        error(403, "AccessDeniedException", "not authorized", 502, "permission"),
        error(403, "ExpiredTokenException", "token is expired", 502, "authentication"),
        error(403, "UnrecognizedClientException", "token is invalid", 502, "authentication"),
        fault(
            "429 ThrottlingException with Retry-After: 7",
            When.BEFORE,
            ScriptedBedrock.error(429, "ThrottlingException", "Slow")
                .withHeader("Retry-After", "7"),
            new Told(429, "rate_limited", "Slow")));
  }

  private static Fault error(int upstream, String type, String message, int status, String kind) {
    return fault(
        upstream + " " + type,
        When.BEFORE,
        ScriptedBedrock.error(upstream, type, message),
        new Told(status, kind, message));
  }

  private static List<Fault> errorsOfOthers() {
    String page = "<html><head><title>503 Service Temporarily Unavailable</title></head></html>";
    return List.of(
        fault(
            "503 in HTML",
            When.BEFORE,
            Script.bytes(503, "text/html", page.getBytes(UTF_8)),
            new Told(503, "overloaded", "503 Service Temporarily Unavailable")),
        fault(
            "502 without a body",
            When.BEFORE,
            Script.bytes(502, "text/plain", new byte[0]),
            new Told(502, "upstream_failure", "502")),
        fault(
            "307 to another address",
            When.BEFORE,
            Script.json(307, "{}").withHeader("Location", "http://127.0.0.1/elsewhere"),
            new Told(502, "upstream_failure", "307")),
        fault(
            "HTML with status 200",
            When.AT,
            Script.bytes(200, "text/html", "<html><title>Sign in</title></html>".getBytes(UTF_8)),
            WRONG));
  }

  private static List<Fault> noAnswer() {
    Script none = Script.of(RESET);
    String unknown = "the host is unknown";
    return List.of(
        Fault.of("bedrock-refused", "connection refused", When.BEFORE, none, UNREACHABLE),
        Fault.of(
            "bedrock-unknown-host",
            "DNS failure",
            When.BEFORE,
            none,
            new Told(502, "unreachable", unknown)),
        fault("reset without an answer", When.BEFORE, none, UNREACHABLE),
        fault("closed without an answer", When.BEFORE, Script.of(CLOSE), UNREACHABLE),
        fault("not HTTP", When.BEFORE, Script.of(new Step.SendRaw("SSH-2.0-x\r\n")), UNREACHABLE),
        fault("empty 200", When.BEFORE, FRAMES.then(END), CUT),
        fault("JSON that is no answer", When.AT, Script.json(200, "{\"hello\":1}"), WRONG));
  }

  private static List<Fault> breakingOff() {
    Script half = JSON.then(HALF_ANSWER);
    return List.of(
        broken("reset mid-body", When.AT, FRAMES.then(piece()).then(RESET), half.then(RESET)),
        broken("closed mid-body", When.AT, FRAMES.then(piece()).then(CLOSE), half.then(CLOSE)),
        broken("clean end without finish", When.AT, FRAMES.then(piece(), END), half.then(END)),
        fault("reset mid-body", When.AFTER, begun().then(RESET), CUT),
        fault("closed mid-body", When.AFTER, begun().then(CLOSE), CUT));
  }

  private static List<Fault> silent() {
    return List.of(
        slow("stall before the head", When.BEFORE, Script.of(STALL)),
        slow("stall before the first byte", When.BEFORE, FRAMES.then(STALL)),
        slow("stall", When.AFTER, begun().then(STALL)),
        fault(
            "endless white space",
            When.BEFORE,
            JSON.then(new Step.Repeat(" ".repeat(8192), Step.Repeat.ENDLESS)),
            WRONG));
  }

  /// Half of a frame.
  private static Step piece() {
    byte[] bytes = new Frames().text(0, Fault.TEXT).bytes();
    return new Step.Send(Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static Script begun() {
    return FRAMES.then(new Step.Send(BedrockFrameFaults.hello().bytes()));
  }

  private static Fault broken(String name, When when, Script streamed, Script whole) {
    return new Fault("bedrock", name, when, streamed, whole, CUT);
  }

  private static Fault slow(String name, When when, Script script) {
    String backend = when == When.AFTER ? "bedrock-impatient" : "bedrock-hurried";
    return Fault.of(backend, name, when, script, TIMEOUT);
  }

  private static Fault fault(String name, When when, Script script, Told told) {
    return Fault.of("bedrock", name, when, script, told);
  }
}
