package io.agenticprimitives.gateway.core.config;

import java.util.regex.Pattern;

/// Writes the path of a key as messages show it: `auth.api_keys[0].key`.
final class ConfigPath {
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_-]{1,60}");

  private ConfigPath() {}

  /// The path of a key in a mapping.
  static String key(String parent, String key) {
    if (!SIMPLE.matcher(key).matches()) {
      return parent + "[\"" + Wording.shortened(key) + "\"]";
    }
    return parent.isEmpty() ? key : parent + "." + key;
  }

  /// The path of an item in a list.
  static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
