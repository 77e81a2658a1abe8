package io.agenticprimitives.gateway.core;

import java.util.Objects;

/// What a backend is doing at the moment.
///
/// @param circuitBreaker `closed` (calls go through), `open` (none do), `half_open` (some do, to
///   try) or `disabled`
/// @param inFlight how many calls are under way
/// @param queued how many calls wait for their turn
/// @param abandoned how many threads the provider keeps although their calls are over
public record BackendLoad(String circuitBreaker, int inFlight, int queued, int abandoned) {
  public BackendLoad {
    Objects.requireNonNull(circuitBreaker);
  }
}
