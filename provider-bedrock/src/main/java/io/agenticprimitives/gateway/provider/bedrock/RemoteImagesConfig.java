package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Whether and how pictures are fetched that callers name by an `https` address: Bedrock itself
/// takes bytes only. They never come from addresses that are not public.
///
/// @param allow whether they are fetched at all
/// @param maxBytes of one picture; Bedrock takes 3.75 MB
/// @param timeout for all pictures of a request together
/// @param hosts that they may come from, in lower case; any if empty
public record RemoteImagesConfig(
    @Doc("Fetch pictures that callers name by an https address.") @Default("false") boolean allow,
    @Doc("Most bytes of one picture.") @Default("3932160") int maxBytes,
    @Doc("Most time for the pictures of a request together.") @Default("10s") Duration timeout,
    @Doc("Hosts that pictures may come from, *.example.com for subdomains; any if empty.")
        List<String> hosts) {
  private static final int MOST_BYTES = 20 << 20;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String SUBDOMAINS = "*.";

  /// @throws IllegalArgumentException if it cannot work, with a message for the operator
  public RemoteImagesConfig {
    if (maxBytes < 1 || maxBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "remote_images.max_bytes must be from 1 to " + MOST_BYTES + " bytes");
    }
    if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("remote_images.timeout must be over 0 s and at most 5 m");
    }
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    for (String host : hosts) {
      if (!host.matches("(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*")) {
        throw new IllegalArgumentException(
            "remote_images.hosts: '" + host + "' is no host like images.example.com");
      }
    }
  }

  /// Whether pictures may come from a host.
  ///
  /// @param host in lower case
  boolean covers(String host) {
    return hosts.isEmpty()
        || hosts.stream()
            .anyMatch(
                known ->
                    known.startsWith(SUBDOMAINS)
                        ? host.endsWith(known.substring(1))
                        : host.equals(known));
  }
}
