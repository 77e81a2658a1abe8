package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.config.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which headers an operator or a caller may have sent. No message holds a value.
final class HeaderRules {
  /// A token of RFC 9110, section 5.6.2.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /// Headers that make up the message itself, and those that hold for one connection only.
  private static final Set<String> OWN =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderRules() {}

  /// @param hasApiKey whether the backend sends a key of its own
  /// @throws IllegalArgumentException if one of them cannot be sent
  static void require(Map<String, Secret> headers, boolean hasApiKey) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, value) -> {
          requireName(name);
          if (!names.add(name)) {
            throw new IllegalArgumentException(
                "headers holds '" + name + "' twice; upper and lower case are the same");
          }
          requireValue("headers." + name, value.value());
        });
    if (hasApiKey && names.contains("Authorization")) {
      throw new IllegalArgumentException(
          "api_key is sent as the header Authorization, which headers holds too; leave out one of"
              + " them");
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "headers: '" + name + "' cannot be the name of a header; write letters, digits and '-'");
    }
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "headers: '" + name + "' is set by the gateway itself; leave it out");
    }
  }

  /// @param key where the value stands in the configuration
  /// @throws IllegalArgumentException if no header can hold the value
  static void requireValue(String key, String value) {
    if (!isValue(value)) {
      throw new IllegalArgumentException(
          key + " must be one line of printable ASCII, because it is sent in a header");
    }
  }

  /// Whether a header can hold the value: nothing in it may end the line or be read differently by
  /// different servers.
  static boolean isValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F));
  }
}
