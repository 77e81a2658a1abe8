package io.agenticprimitives.gateway.provider.bedrock;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes words of AWS, or of what stands before it, fit to be shown to a caller: one line, not too
/// long, without anything that looks like a credential or like an address that is not AWS's own
/// documentation or console. Everything else is kept: AWS's own words are what helps.
final class AwsWords {
  /// The length of a message, in characters.
  static final int MAX_MESSAGE = 2000;

  private static final int MAX_NAME = 200;
  private static final String SECRET = "[secret removed]";
  private static final String ADDRESS = "[address removed]";

  /// AWS repeats the signed headers, a session token among them, when a signature is wrong.
  private static final Pattern CANONICAL_STRING =
      Pattern.compile("(?s)\\s*(?:The )?Canonical String.*");

  private static final Pattern KEY =
      Pattern.compile(
          "\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"
              + "|\\bABSK[A-Za-z0-9+/=_-]{8,}"
              + "|\\bbedrock-api-key-[A-Za-z0-9+/=_-]+"
              + "|(?i:(?<=Credential=)[^\\s,]+|(?<=Signature=)[^\\s,]+"
              + "|(?<=x-amz-security-token[:=])\\s*[^\\s,]+)");

  /// A plain word is a sentence about authentication, not a key.
  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer)\\s+(?![a-z]+\\b(?:[\\s.,;:)]|$))[a-z0-9._~+/=-]{6,}");

  private static final Pattern URL = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>`]+");
  private static final Pattern AWS_PAGE =
      Pattern.compile(
          "(?i)https://(?:[a-z0-9-]++\\.)*(?:aws\\.amazon\\.com|aws\\.com|repost\\.aws)(?:/\\S*)?");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?i)\\blocalhost(?::\\d{1,5})?\\b|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b(?::\\d{1,5})?");

  private AwsWords() {}

  /// A message for a caller.
  static String sanitised(String text) {
    String words = plain(text, MAX_MESSAGE * 2);
    words = CANONICAL_STRING.matcher(words).replaceAll("");
    words = KEY.matcher(words).replaceAll(Matcher.quoteReplacement(SECRET));
    words = BEARER.matcher(words).replaceAll("$1 " + Matcher.quoteReplacement(SECRET));
    words = URL.matcher(words).replaceAll(url -> Matcher.quoteReplacement(page(url.group())));
    words = HOST_AND_PORT.matcher(words).replaceAll(Matcher.quoteReplacement(ADDRESS));
    return shortened(words, MAX_MESSAGE);
  }

  /// A name or id: what has another form than AWS gives them is left out.
  static String name(String text) {
    return text.length() <= MAX_NAME && text.matches("[A-Za-z0-9_.:/#+=-]*") ? text : "";
  }

  private static String page(String url) {
    return AWS_PAGE.matcher(url).matches() ? url : ADDRESS;
  }

  private static String plain(String text, int limit) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), limit));
    for (int i = 0; i < text.length() && plain.length() < limit; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
        if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
          plain.append(' ');
        }
      } else if (isVisible(character)) {
        plain.appendCodePoint(character);
      }
    }
    return plain.toString().strip();
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String shortened(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
    return text.substring(0, end) + "…";
  }

  /// The title of an HTML page, which load balancers answer; or empty.
  static String titleOf(String page) {
    String lower = page.toLowerCase(Locale.ROOT);
    int start = lower.indexOf("<title>");
    int end = start < 0 ? -1 : lower.indexOf("</title", start);
    // Lower case may change the length of a text outside ASCII.
    return end < 0 || lower.length() != page.length()
        ? ""
        : page.substring(start + "<title>".length(), end).strip();
  }
}
