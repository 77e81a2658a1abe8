package io.agenticprimitives.gateway.server.nativeapi;

import java.util.List;

/// Stand-in.
public final class RequestFaultsException extends RuntimeException {
  private final transient List<RequestFault> faults;

  /// Stand-in.
  public RequestFaultsException(List<RequestFault> faults) {
    super("faults");
    this.faults = faults;
  }

  /// Stand-in.
  public List<RequestFault> faults() {
    return faults;
  }
}
