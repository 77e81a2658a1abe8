package com.example.anthropic;

import java.util.List;
import java.util.regex.Pattern;

/// Takes out of the upstream's words what callers must not see: keys, and the address of the
/// upstream.
///
/// @param hidden texts that are taken out wherever they stand
record Redaction(List<String> hidden) {
  private static final int MAX_LENGTH = 1000;
  private static final Pattern KEY = Pattern.compile("\\bsk-[\\w.*-]{6,}");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\s]+");

  Redaction {
    hidden = List.copyOf(hidden);
  }

  String apply(String text) {
    String shown = text;
    for (String secret : hidden) {
      shown = secret.isBlank() ? shown : shown.replace(secret, "[removed]");
    }
    shown = KEY.matcher(shown).replaceAll("[removed]");
    shown = UNPRINTABLE.matcher(shown).replaceAll(" ").strip();
    return shown.length() <= MAX_LENGTH ? shown : shown.substring(0, MAX_LENGTH) + "...";
  }
}
