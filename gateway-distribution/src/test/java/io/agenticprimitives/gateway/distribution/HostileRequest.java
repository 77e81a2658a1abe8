package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.distribution.SoakOutcomes.Outcome;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;

/// A request that no good caller sends.
///
/// @param length of the body, as it is announced
record HostileRequest(String body, long length) {
  private static final String HALF = "{\"messages\":[{\"role\":\"user\",\"content\":\"";

  private static final List<HostileRequest> ALL =
      List.of(
          of(""),
          of("{"),
          of("[".repeat(100_000)),
          of("{\"messages\":" + "{\"a\":".repeat(5_000)),
          of("{\"messages\":7,\"temperature\":\"hot\",\"tools\":{}}"),
          of(HALF + "\\ud800".repeat(50_000) + "\"}],\"messages\":[]}"),
          of(HALF + "x".repeat(1_000_000)),
          new HostileRequest(HALF, 100L * 1024 * 1024),
          new HostileRequest(HALF, 5_000));

  private static HostileRequest of(String body) {
    return new HostileRequest(body, body.length());
  }

  static HostileRequest any(RandomGenerator random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /// Sends it, to be refused. Who has announced more than comes and is waited for leaves.
  Outcome send(URI gateway, String id) throws IOException {
    try (SlowCaller caller = SlowCaller.sending(gateway, Ask.NATIVE_STREAM, body, length, id)) {
      if (length > body.length() && length < 1_000_000) {
        return Outcome.LEFT;
      }
      SlowCaller.Received received = caller.readToEnd();
      assertThat(received.status()).as(received.body()).isBetween(400, 499);
      return Outcome.REFUSED;
    }
  }
}
