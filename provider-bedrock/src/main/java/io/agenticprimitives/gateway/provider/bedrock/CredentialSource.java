package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;

/// Where the identity of calls comes from. Thread-safe.
interface CredentialSource {

  /// The identity for a request that is about to be made. It may wait for AWS; interrupting the
  /// thread ends that.
  ///
  /// @throws BackendException if there is none
  Identity resolve();

  /// The identity in the place of one that AWS says has expired: the same, if there is no other.
  ///
  /// @throws BackendException if there is none
  default Identity renew(Identity expired) {
    return resolve();
  }

  /// Whether the identity came with the call, so that its faults are the caller's to mend.
  default boolean isCallers() {
    return false;
  }

  /// An identity that is there already.
  record Fixed(Identity resolve, boolean isCallers) implements CredentialSource {}
}
