package io.agenticprimitives.gateway.provider.bedrock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/// Looks up hosts, and refuses those that have an address which is not public. The HTTP client
/// connects to the very addresses that this gives, so that a name cannot lead elsewhere once it was
/// checked.
///
/// @param resolver looks up the addresses
record PublicHosts(Dns resolver) implements Dns {

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> addresses = resolver.lookup(host);
    for (InetAddress address : addresses) {
      if (!PublicAddress.isPublic(address)) {
        throw new NotPublicException(host);
      }
    }
    return addresses;
  }
}
