package io.agenticprimitives.gateway.distribution;

import static io.agenticprimitives.gateway.distribution.OpenAIScripts.ANSWER;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.CHUNK;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.FINISH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.agenticprimitives.gateway.distribution.Fault.Told;
import io.agenticprimitives.gateway.distribution.Fault.When;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.List;
import java.util.stream.Stream;

/// Answers of servers of OpenAI's dialect that have the status 200 and are broken, or are not what
/// was asked for.
final class AnswerFaults {
  private static final Script SSE = Script.of(Step.Respond.chunked(200, "text/event-stream"));
  private static final Script JSON = Script.of(Step.Respond.chunked(200, "application/json"));
  private static final Script BEGUN = Script.sseUnfinished(CHUNK);
  private static final Script HALF_CHUNK = SSE.then(half("data: " + CHUNK));
  private static final Script HALF_ANSWER = JSON.then(half(ANSWER));
  private static final Script FINISHED = Script.sseUnfinished(CHUNK, FINISH);

  private static final Step END = new Step.EndChunks();
  private static final Step CLOSE = new Step.Close();
  private static final Step RESET = new Step.Reset();
  private static final Step STALL = new Step.Stall();
  private static final Step SPACES = new Step.Repeat(" ".repeat(8192), Step.Repeat.ENDLESS);
  private static final Step COMMENTS = new Step.Repeat(": here\n\n", Step.Repeat.ENDLESS);
  private static final Step HUNDRED_MEGABYTES = new Step.Repeat("x".repeat(1_000_000), 100);
  private static final String DEEP = "{\"choices\":" + "[".repeat(100_000);
  private static final String LONG = "x".repeat(10_000_000);

  private static final Told UNREACHABLE = new Told(502, "unreachable", "");
  private static final Told WRONG = new Told(502, "upstream_failure", "");
  private static final Told CUT = new Told(502, "cut", "");
  private static final Told TIMEOUT = new Told(504, "timeout", "its deadline");

  private AnswerFaults() {}

  static List<Fault> all() {
    return Stream.of(nothing(), breakingOff(), silent(), wrong(), errors(), tooMuch(), harmless())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Fault> nothing() {
    return List.of(
        fault("closed without an answer", When.BEFORE, Script.of(CLOSE), UNREACHABLE),
        fault("reset without an answer", When.BEFORE, Script.of(RESET), UNREACHABLE),
        fault("not HTTP", When.BEFORE, Script.of(new Step.SendRaw("SSH-2.0-x\r\n")), WRONG),
        fault("empty 200", When.BEFORE, SSE.then(END), JSON.then(END), WRONG),
        fault(
            "empty 200 with Content-Length: 0",
            When.BEFORE,
            Script.bytes(200, "application/json", new byte[0]),
            WRONG));
  }

  private static List<Fault> breakingOff() {
    return List.of(
        fault("reset mid-body", When.BEFORE, SSE.then(RESET), JSON.then(RESET), CUT),
        fault("reset mid-body", When.AT, HALF_CHUNK.then(RESET), HALF_ANSWER.then(RESET), CUT),
        fault("reset mid-body", When.AFTER, BEGUN.then(RESET), CUT),
        fault("closed mid-body", When.BEFORE, SSE.then(CLOSE), JSON.then(CLOSE), CUT),
        fault("closed mid-body", When.AT, HALF_CHUNK.then(CLOSE), HALF_ANSWER.then(CLOSE), CUT),
        fault("closed mid-body", When.AFTER, BEGUN.then(CLOSE), CUT),
        fault(
            "clean end without finish", When.AT, HALF_CHUNK.then(END), HALF_ANSWER.then(END), CUT),
        fault("clean end without finish", When.AFTER, BEGUN.then(END), CUT));
  }

  private static List<Fault> silent() {
    return List.of(
        slow("stall before the head", When.BEFORE, Script.of(STALL)),
        slow("stall before the first byte", When.BEFORE, SSE.then(STALL), JSON.then(STALL)),
        slow("stall", When.AT, HALF_CHUNK.then(STALL), HALF_ANSWER.then(STALL)),
        slow("stall", When.AFTER, BEGUN.then(STALL)),
        slow("endless comments", When.BEFORE, SSE.then(COMMENTS)),
        slow("endless comments", When.AFTER, BEGUN.then(COMMENTS)));
  }

  private static List<Fault> wrong() {
    return List.of(
        fault("malformed JSON", When.AT, Script.sse("{\"model\":]"), json("{\"model\":]"), WRONG),
        fault("malformed JSON", When.AFTER, Script.sse(CHUNK, "{\"model\":]"), WRONG),
        fault("JSON that is no answer", When.AT, json("{\"hello\":1}"), WRONG),
        fault("deeply nested JSON", When.AT, Script.sse(DEEP), json(DEEP), WRONG),
        fault("deeply nested JSON", When.AFTER, Script.sse(CHUNK, DEEP), WRONG),
        fault("plain text with status 200", When.AT, bytes("text/plain", "Hi"), WRONG),
        fault(
            "HTML with status 200",
            When.AT,
            bytes("text/html", "<html><title>Sign in</title></html>"),
            new Told(502, "upstream_failure", "its title is: Sign in")));
  }

  private static List<Fault> errors() {
    String busy = "{\"error\":{\"message\":\"busy\",\"code\":503}}";
    String plain = "{\"error\":\"it broke\"}";
    Told overloaded = new Told(503, "overloaded", "busy");
    Told broke = new Told(502, "upstream_failure", "it broke");
    String limited = "{\"object\":\"error\",\"message\":\"slow down\",\"code\":429}";
    Step line = new Step.Send("error: {\"code\":500,\"message\":\"it broke\"}\n\n");
    return List.of(
        fault("200 with an error in OpenAI's form", When.AT, json(busy), overloaded),
        fault("200 with an error in Ollama's form", When.AT, json(plain), broke),
        fault("error event in OpenAI's form", When.AT, Script.sse(busy), overloaded),
        fault("error event in OpenAI's form", When.AFTER, Script.sse(CHUNK, busy), overloaded),
        fault("error event in Ollama's form", When.AFTER, Script.sse(CHUNK, plain), broke),
        fault(
            "error event in vLLM's form",
            When.AFTER,
            Script.sse(CHUNK, limited),
            new Told(429, "rate_limited", "slow down")),
        fault("line 'error: ...', which is not SSE", When.AFTER, BEGUN.then(line, END), broke));
  }

  private static List<Fault> tooMuch() {
    Step opened = new Step.Send("data: {\"x\":\"");
    return List.of(
        fault("endless white space", When.BEFORE, SSE.then(SPACES), JSON.then(SPACES), WRONG),
        fault("endless white space", When.AFTER, BEGUN.then(SPACES), WRONG),
        fault(
            "body of 100 MB",
            When.AT,
            SSE.then(opened, HUNDRED_MEGABYTES, END),
            JSON.then(new Step.Send("{\"x\":\""), HUNDRED_MEGABYTES, END),
            WRONG),
        fault("body of 100 MB", When.AFTER, BEGUN.then(opened, HUNDRED_MEGABYTES, END), WRONG));
  }

  private static List<Fault> harmless() {
    return List.of(
        fault(
            "JSON where SSE was asked, SSE where JSON was asked",
            When.AT,
            json(ANSWER),
            Script.sse(CHUNK, FINISH, "[DONE]"),
            Told.ANSWER),
        fault(
            "SSE line of 10 MB",
            When.AT,
            Script.sse(CHUNK.replace(Fault.TEXT, LONG), FINISH, "[DONE]"),
            json(ANSWER.replace(Fault.TEXT, LONG)),
            Told.answer(LONG)),
        fault(
            "SSE line of 10 MB",
            When.AFTER,
            Script.sse(CHUNK, CHUNK.replace(Fault.TEXT, LONG), FINISH, "[DONE]"),
            Told.answer(Fault.TEXT + LONG)),
        fault("closed", When.FINISHED, FINISHED.then(CLOSE), Told.ANSWER),
        fault("reset", When.FINISHED, FINISHED.then(RESET), Told.ANSWER),
        fault("clean end without [DONE]", When.FINISHED, FINISHED.then(END), Told.ANSWER),
        fault("malformed JSON", When.FINISHED, Script.sse(CHUNK, FINISH, "{]"), Told.ANSWER),
        Fault.of("impatient", "stall", When.FINISHED, FINISHED.then(STALL), Told.ANSWER));
  }

  private static Fault fault(String name, When when, Script streamed, Script whole, Told told) {
    return new Fault("faulty", name, when, streamed, whole, told);
  }

  private static Fault fault(String name, When when, Script script, Told told) {
    return Fault.of("faulty", name, when, script, told);
  }

  /// Where the answer has begun it is its silence that takes too long.
  private static Fault slow(String name, When when, Script streamed, Script whole) {
    String backend = when == When.AFTER ? "impatient" : "hurried";
    return new Fault(backend, name, when, streamed, whole, TIMEOUT);
  }

  private static Fault slow(String name, When when, Script script) {
    return slow(name, when, script, script);
  }

  private static Script json(String body) {
    return Script.json(200, body);
  }

  private static Script bytes(String type, String body) {
    return Script.bytes(200, type, body.getBytes(UTF_8));
  }

  private static Step half(String text) {
    return new Step.Send(text.substring(0, text.length() / 2));
  }
}
