package io.agenticprimitives.gateway.server.request;

import java.util.List;

/// The body of a request is wrong; the faults say all that is.
public final class RequestFaultsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<RequestFault> faults;

  /// @param faults at least one
  public RequestFaultsException(List<RequestFault> faults) {
    super(faults.size() + " faults in the body");
    this.faults = List.copyOf(faults);
  }

  /// All faults.
  public List<RequestFault> faults() {
    return faults;
  }
}
