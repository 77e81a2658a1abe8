package io.agenticprimitives.gateway.provider.bedrock;

import java.net.UnknownHostException;

/// A host or address is not one of the public internet.
final class NotPublicException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  NotPublicException(String host) {
    super(host + " is not a public address");
  }
}
