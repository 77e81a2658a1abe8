package io.agenticprimitives.gateway.provider.bedrock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/// Looks up hosts, and refuses those that have an address which is not public. The HTTP client
/// connects to the very addresses that this gives, so that a name cannot lead elsewhere once it was
/// checked.
///
/// It is no record, because the client compares it: the first call of a record's generated `equals`
/// leaves the types of its components in a cache of the JDK's, and with them an unloaded plugin.
final class PublicHosts implements Dns {
  private final Dns resolver;

  /// @param resolver looks up the addresses
  PublicHosts(Dns resolver) {
    this.resolver = resolver;
  }

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
