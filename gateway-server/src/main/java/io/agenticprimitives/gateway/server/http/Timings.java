package io.agenticprimitives.gateway.server.http;

import java.time.Duration;

/// How long the server waits for callers. None of it is about how long a model may think.
///
/// @param headers how long the headers of a request may take to come in
/// @param idle how long nothing may move on a connection that is waited for: between two requests,
///   in the middle of a body, or while a caller does not read what was written for it
/// @param bodyGrace how long a body may take before its pace is looked at
/// @param bodyBytesPerSecond the pace that a body must keep after that
public record Timings(
    Duration headers, Duration idle, Duration bodyGrace, long bodyBytesPerSecond) {
  /// What the gateway runs with.
  public static final Timings DEFAULT =
      new Timings(
          Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(30), 16 * 1024);
}
