package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.Arrays;
import java.util.List;

/// A stream of Bedrock that is no answer, and what the caller must be told.
///
/// @param kind if the stream had begun
/// @param text what came before
/// @param says words of the message
record BrokenStream(String name, Script script, int status, String kind, String text, String says) {
  static final Step HEAD = Step.Respond.chunked(200, ScriptedBedrock.EVENT_STREAM);
  static final Step END = new Step.EndChunks();

  static Frames hello() {
    return new Frames().start().text(0, "Hello");
  }

  private static byte[] damaged(Frames frames, int position) {
    byte[] bytes = frames.bytes();
    bytes[position < 0 ? bytes.length + position : position] ^= 0x55;
    return bytes;
  }

  private static Script body(byte[] bytes) {
    return Script.of(HEAD, new Step.Send(bytes), END);
  }

  static Script cut(Frames frames, int missing, Step end) {
    byte[] bytes = frames.bytes();
    return Script.of(HEAD, new Step.Send(Arrays.copyOf(bytes, bytes.length - missing)), end);
  }

  static List<BrokenStream> all() {
    return List.of(
        new BrokenStream(
            "exception first",
            ScriptedBedrock.stream(
                new Frames().exception("throttlingException", "{\"message\":\"Too many tokens\"}")),
            429,
            "rate_limited",
            "",
            "Too many tokens"),
        new BrokenStream(
            "validation first",
            ScriptedBedrock.stream(
                new Frames()
                    .start()
                    .exception("validationException", "{\"message\":\"Input is too long\"}")),
            400,
            "invalid_request",
            "",
            "Input is too long"),
        new BrokenStream(
            "exception in the middle",
            ScriptedBedrock.stream(
                hello().exception("serviceUnavailableException", "{\"message\":\"Try later\"}")),
            503,
            "overloaded",
            "Hello",
            "(ServiceUnavailableException): Try later"),
        new BrokenStream(
            "model error in the middle",
            ScriptedBedrock.stream(
                hello()
                    .exception(
                        "modelStreamErrorException",
                        "{\"message\":\"Failed\",\"originalStatusCode\":500,"
                            + "\"originalMessage\":\"out of cheese\"}")),
            502,
            "upstream_failure",
            "Hello",
            "Failed The model said: out of cheese"),
        new BrokenStream(
            "internal error in the middle",
            ScriptedBedrock.stream(hello().exception("internalServerException", "{}")),
            502,
            "upstream_failure",
            "Hello",
            "(InternalServerException)"),
        new BrokenStream(
            "error frame",
            ScriptedBedrock.stream(hello().error("InternalFailure", "Something broke")),
            502,
            "upstream_failure",
            "Hello",
            "(InternalFailure): Something broke"),
        new BrokenStream(
            "end within a frame",
            cut(hello().text(0, " you"), 7, END),
            502,
            "cut",
            "Hello",
            "ended before it was finished, after 5 characters"),
        new BrokenStream(
            "closed within a frame",
            cut(hello().text(0, " you"), 7, new Step.Close()),
            502,
            "cut",
            "Hello",
            "after 5 characters"),
        new BrokenStream(
            "wrong checksum",
            body(damaged(hello().text(0, " you"), -1)),
            502,
            "upstream_failure",
            "Hello",
            "damaged"),
        new BrokenStream(
            "damaged payload",
            body(damaged(hello().text(0, " you"), -8)),
            502,
            "upstream_failure",
            "Hello",
            "damaged"),
        new BrokenStream(
            "wrong checksum of lengths",
            body(damaged(new Frames().text(0, "Hello"), 9)),
            502,
            "upstream_failure",
            "",
            "checksum"),
        new BrokenStream(
            "no messageStop",
            ScriptedBedrock.stream(hello().blockStop(0).metadata()),
            502,
            "cut",
            "Hello",
            "ended before it was finished"),
        new BrokenStream(
            "tool call cut",
            ScriptedBedrock.stream(
                hello().blockStop(0).tool(1, "c-1", "weather").toolInput(1, "{\"city\":\"R")),
            502,
            "cut",
            "Hello",
            "after 5 characters and 1 tool call"),
        new BrokenStream(
            "broken tool use",
            ScriptedBedrock.stream(hello().blockStop(0).stop("malformed_tool_use").metadata()),
            502,
            "upstream_failure",
            "Hello",
            "malformed_tool_use"),
        new BrokenStream("empty 200", Script.of(HEAD, END), 502, "cut", "", "after 0 characters"),
        new BrokenStream(
            "a frame that is no JSON",
            ScriptedBedrock.stream(hello().event("contentBlockDelta", "{\"delta\":")),
            502,
            "upstream_failure",
            "Hello",
            "not JSON"),
        new BrokenStream(
            "deep JSON",
            ScriptedBedrock.stream(hello().event("metadata", "[".repeat(50_000))),
            502,
            "upstream_failure",
            "Hello",
            "not JSON"));
  }

  @Override
  public String toString() {
    return name;
  }
}
