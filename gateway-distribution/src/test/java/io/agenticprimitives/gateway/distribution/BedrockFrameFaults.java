package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.distribution.Fault.Told;
import io.agenticprimitives.gateway.distribution.Fault.When;
import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Streams of Bedrock that are no answers: exceptions and errors in frames, damaged frames, streams
/// that end too early.
final class BedrockFrameFaults {
  private static final Step HEAD = Step.Respond.chunked(200, ScriptedBedrock.EVENT_STREAM);

  private BedrockFrameFaults() {}

  static List<Fault> all() {
    return Stream.of(exceptions(), damages(), cuts(), wrong(), finished())
        .flatMap(List::stream)
        .toList();
  }

  /// The start of an answer.
  static Frames hello() {
    return new Frames().start().text(0, Fault.TEXT);
  }

  private static List<Fault> exceptions() {
    Told failed = new Told(502, "upstream_failure", "Failed The model said: out of cheese");
    return List.of(
        exception("throttlingException", When.AT, "Too many tokens", 429, "rate_limited"),
        exception("validationException", When.AT, "Input is too long", 400, "invalid_request"),
        exception("serviceUnavailableException", When.AFTER, "Try later", 503, "overloaded"),
        exception("internalServerException", When.AFTER, "Sorry", 502, "upstream_failure"),
        fault(
            "exception frame modelStreamErrorException",
            When.AFTER,
            hello()
                .exception(
                    "modelStreamErrorException",
                    "{\"message\":\"Failed\",\"originalStatusCode\":500,"
                        + "\"originalMessage\":\"out of cheese\"}"),
            failed),
        fault(
            "error frame",
            When.AFTER,
            hello().error("InternalFailure", "Something broke"),
            new Told(502, "upstream_failure", "(InternalFailure): Something broke")));
  }

  private static Fault exception(String type, When when, String says, int status, String kind) {
    Frames before = when == When.AT ? new Frames().start() : hello();
    Frames frames = before.exception(type, "{\"message\":\"" + says + "\"}");
    return fault("exception frame " + type, when, frames, new Told(status, kind, says));
  }

  private static List<Fault> damages() {
    return List.of(
        damaged("wrong checksum of a frame", When.AFTER, hello().text(0, " you"), -1, "damaged"),
        damaged("changed byte in a frame", When.AFTER, hello().text(0, " you"), -8, "damaged"),
        damaged("wrong length of a frame", When.AT, new Frames().text(0, "a"), 9, "checksum"));
  }

  /// @param place of the changed byte; counted from the end if negative
  private static Fault damaged(String name, When when, Frames frames, int place, String says) {
    byte[] bytes = frames.bytes();
    bytes[place < 0 ? bytes.length + place : place] ^= 0x55;
    Script script = Script.of(HEAD, new Step.Send(bytes), new Step.EndChunks());
    return Fault.of("bedrock", name, when, script, new Told(502, "upstream_failure", says));
  }

  private static List<Fault> cuts() {
    Frames inCall = hello().blockStop(0).tool(1, "c-1", "weather").toolInput(1, "{\"city\":\"R");
    return List.of(
        cut("end within a frame", new Step.EndChunks()),
        cut("closed within a frame", new Step.Close()),
        cut("no messageStop", hello().blockStop(0).metadata(), "after 5 characters"),
        cut("end within a tool call", inCall, "after 5 characters and 1 tool call"));
  }

  private static Fault cut(String name, Step end) {
    byte[] bytes = hello().text(0, " you").bytes();
    Script script = Script.of(HEAD, new Step.Send(Arrays.copyOf(bytes, bytes.length - 7)), end);
    Told told = new Told(502, "cut", "after 5 characters");
    return Fault.of("bedrock", name, When.AFTER, script, told);
  }

  private static Fault cut(String name, Frames frames, String says) {
    return fault(name, When.AFTER, frames, new Told(502, "cut", says));
  }

  private static List<Fault> wrong() {
    String json = "not JSON";
    Frames malformed = hello().blockStop(0).stop("malformed_tool_use").metadata();
    return List.of(
        wrong("stop reason malformed_tool_use", malformed, "malformed_tool_use"),
        wrong("malformed JSON", hello().event("contentBlockDelta", "{\"delta\":"), json),
        wrong("deeply nested JSON", hello().event("metadata", "[".repeat(50_000)), json));
  }

  private static Fault wrong(String name, Frames frames, String says) {
    return fault(name, When.AFTER, frames, new Told(502, "upstream_failure", says));
  }

  private static List<Fault> finished() {
    byte[] stopped = hello().blockStop(0).stop("end_turn").bytes();
    Script script = Script.of(HEAD, new Step.Send(stopped));
    return List.of(
        finished("closed", script.then(new Step.Close())),
        finished("no HTTP chunk", script.then(new Step.SendRaw("zz\r\n"))));
  }

  private static Fault finished(String name, Script script) {
    return Fault.of("bedrock", name, When.FINISHED, script, Told.ANSWER);
  }

  private static Fault fault(String name, When when, Frames frames, Told told) {
    return Fault.of("bedrock", name, when, ScriptedBedrock.stream(frames), told);
  }
}
