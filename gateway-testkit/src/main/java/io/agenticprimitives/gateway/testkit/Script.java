package io.agenticprimitives.gateway.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a [ScriptedUpstream] does with one request: a list of [Step]s, run in order. Immutable, and
/// therefore good for any number of requests.
///
/// ```java
/// Script cutOff = Script.sseUnfinished("{\"delta\":\"Hel\"}").then(new Step.Reset());
/// ```
///
/// A script that ends with a complete response keeps the connection for the next request, unless
/// the request or the response says `Connection: close`. One that ends without a complete response
/// closes the connection, as [Step.Close] does.
///
/// @param steps in the order in which they are run
public record Script(List<Step> steps) {

  /// @throws IllegalArgumentException if the steps make no sense together; the message says which
  ///   step and what to use instead
  public Script {
    steps = List.copyOf(steps);
    ScriptRules.check(steps);
  }

  /// The given steps.
  ///
  /// @throws IllegalArgumentException if the steps make no sense together
  public static Script of(Step... steps) {
    return new Script(List.of(steps));
  }

  /// A complete JSON answer with a content length.
  public static Script json(int status, String body) {
    return bytes(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  /// A complete answer with a content length.
  public static Script bytes(int status, String contentType, byte[] body) {
    Step head = Step.Respond.contentLength(status, contentType, body.length);
    return body.length == 0 ? of(head) : of(head, new Step.Send(body));
  }

  /// A complete event stream: status 200, chunked, one event per argument, each event one chunk.
  ///
  /// @param dataLines what stands after `data: `, each one line
  /// @throws IllegalArgumentException if a data line contains a line break
  public static Script sse(String... dataLines) {
    return sseUnfinished(dataLines).then(new Step.EndChunks());
  }

  /// The start of an event stream, without the terminating chunk, for a test that goes on with
  /// [#then(Step...)].
  ///
  /// @param dataLines what stands after `data: `, each one line
  /// @throws IllegalArgumentException if a data line contains a line break
  public static Script sseUnfinished(String... dataLines) {
    List<Step> steps = new ArrayList<>();
    steps.add(eventStreamHead());
    for (String line : dataLines) {
      steps.add(new Step.Send(event(line)));
    }
    return new Script(steps);
  }

  /// A complete event stream whose bytes are cut every `pieceSize` bytes, without regard to events,
  /// lines or characters.
  ///
  /// @param pieceSize bytes in a piece, at least 1
  /// @param dataLines what stands after `data: `, each one line, at least one
  /// @throws IllegalArgumentException if a data line contains a line break, or there is none
  public static Script sseInPieces(int pieceSize, String... dataLines) {
    String events = Stream.of(dataLines).map(Script::event).collect(Collectors.joining());
    return of(eventStreamHead(), new Step.SendInPieces(events, pieceSize), new Step.EndChunks());
  }

  /// This script with one more header on its response. Earlier headers of that name stay.
  ///
  /// @throws IllegalStateException if the script has no [Step.Respond]
  /// @throws IllegalArgumentException if the header cannot be sent
  public Script withHeader(String name, String value) {
    if (steps.stream().noneMatch(Step.Respond.class::isInstance)) {
      throw new IllegalStateException("This script sends no head, so it has no place for " + name);
    }
    Header added = new Header(name, value);
    return new Script(steps.stream().map(step -> withHeader(step, added)).toList());
  }

  /// This script followed by the given steps.
  ///
  /// @throws IllegalArgumentException if they cannot follow
  public Script then(Step... more) {
    return new Script(Stream.concat(steps.stream(), Stream.of(more)).toList());
  }

  private static Step withHeader(Step step, Header added) {
    if (!(step instanceof Step.Respond(int status, List<Header> headers, Framing framing))) {
      return step;
    }
    List<Header> all = new ArrayList<>(headers);
    all.add(added);
    return new Step.Respond(status, all, framing);
  }

  private static Step eventStreamHead() {
    return Step.Respond.chunked(200, "text/event-stream");
  }

  private static String event(String dataLine) {
    if (dataLine.indexOf('\n') >= 0 || dataLine.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "A data line cannot contain a line break; send such an event with Step.Send: "
              + Header.printable(dataLine));
    }
    return "data: " + dataLine + "\n\n";
  }
}
