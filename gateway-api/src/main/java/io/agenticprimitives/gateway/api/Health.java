package io.agenticprimitives.gateway.api;

import java.util.Objects;

/// What a backend says of its upstream.
///
/// @param status the verdict
/// @param detail for the operator: why, and what to do; may be empty; never a secret
public record Health(Status status, String detail) {
  /// Everything works.
  public static final Health OK = new Health(Status.OK, "");

  public Health {
    Objects.requireNonNull(status);
    Objects.requireNonNull(detail);
  }

  /// The upstream answers, but not in a way that proves that calls will work (it has no model list,
  /// say).
  public static Health reachable(String detail) {
    return new Health(Status.REACHABLE, detail);
  }

  /// Calls will fail.
  public static Health down(String detail) {
    return new Health(Status.DOWN, detail);
  }

  /// The verdicts.
  public enum Status {
    OK,
    REACHABLE,
    DOWN
  }
}
