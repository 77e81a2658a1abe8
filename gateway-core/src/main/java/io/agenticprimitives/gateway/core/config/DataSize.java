package io.agenticprimitives.gateway.core.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, written `32MB`.
record DataSize(long bytes) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}) ?(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

  private static final String[] UNITS = {"B", "KB", "MB", "GB"};

  static Optional<DataSize> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long bytes = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    for (int i = 0; !UNITS[i].equalsIgnoreCase(unit); i++) {
      bytes <<= 10;
    }
    return Optional.of(new DataSize(bytes));
  }

  /// As an operator writes it, in the largest unit that divides it.
  @Override
  public String toString() {
    long size = bytes;
    int unit = 0;
    while (unit < UNITS.length - 1 && size > 0 && size % 1024 == 0) {
      size >>= 10;
      unit++;
    }
    return size + UNITS[unit];
  }
}
