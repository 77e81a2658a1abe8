package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes whatever callers send. Half a surrogate pair, as left behind where a text was cut inside
/// an emoji, has no form in UTF-8; as an escape it goes on as the caller wrote it.
final class WellFormedGenerator extends JsonGeneratorDelegate {
  private static final char REPLACEMENT = '\uFFFD';

  WellFormedGenerator(JsonGenerator target) {
    super(target);
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    super.writeFieldName(isWellFormed(name) ? name : replaced(name));
  }

  @Override
  public void writeString(@Nullable String text) throws IOException {
    if (text == null || isWellFormed(text)) {
      super.writeString(text);
    } else {
      super.writeRawValue(quoted(text));
    }
  }

  /// In JSON, surrogates stand in strings only.
  @Override
  public void writeRawValue(String json) throws IOException {
    super.writeRawValue(isWellFormed(json) ? json : escaped(json));
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int start) {
    return start + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(start), text.charAt(start + 1));
  }

  private static String replaced(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      if (Character.isSurrogate(plain.charAt(i))) {
        plain.setCharAt(i, REPLACEMENT);
      }
    }
    return plain.toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i), Character.isSurrogate(text.charAt(i)), escaped);
    }
    return escaped.toString();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean special = character < ' ' || character == '"' || character == '\\';
      append(character, special || Character.isSurrogate(character), json);
    }
    return json.append('"').toString();
  }

  private static void append(char character, boolean escape, StringBuilder json) {
    if (escape) {
      json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
    } else {
      json.append(character);
    }
  }
}
