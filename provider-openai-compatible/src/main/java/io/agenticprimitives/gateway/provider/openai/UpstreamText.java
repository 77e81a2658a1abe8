package io.agenticprimitives.gateway.provider.openai;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes words of an upstream fit to be shown to a caller.
///
/// - Control and formatting characters are removed, white space is one space.
/// - What looks like a key is replaced: `Bearer ...`, `sk-...` and its kin, AWS and Google keys,
///   JSON web tokens, `api_key=...`.
/// - Addresses are replaced, except links that a reader can follow: `https`, a public host name, no
///   port, no user; their query is cut off. So documentation stays and the names of machines behind
///   the upstream do not.
///
/// Everything else is kept: the upstream's own words are what helps the caller.
final class UpstreamText {
  /// The length of a message, in characters.
  static final int MAX_MESSAGE = 2000;

  private static final String ADDRESS = "[address removed]";
  private static final String SECRET = "[secret removed]";

  private static final Pattern URL =
      Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]{1,20}://[^\\s\"'<>`]+");

  /// Documentation as providers link it; not the private domains that operators use.
  private static final Pattern PUBLIC_LINK =
      Pattern.compile(
          "(?i)https://(?:[a-z0-9-]++\\.)++(?!(?:local|localhost|internal|intranet|lan|corp|home|svc"
              + "|cluster|test|invalid|example|private)\\b)[a-z]{2,24}(?:[/?#].*)?");

  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?i)\\blocalhost(?::\\d{1,5})?\\b"
              + "|\\b(?:[a-z0-9_-]++\\.)++[a-z0-9_-]++:\\d{2,5}\\b"
              + "|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b(?::\\d{1,5})?"
              + "|\\[[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\\](?::\\d{1,5})?");

  private static final Pattern KEY =
      Pattern.compile(
          "(?i)\\b(?:sk|pk|rk|gsk|csk|xai|hf|nvapi|pplx|ghp|gho|fw|tgp|r8|glpat|dapi)[-_]"
              + "[a-z0-9*._-]{6,}"
              + "|\\bAKIA[0-9A-Z]{12,}|\\bASIA[0-9A-Z]{12,}|\\bAIza[0-9A-Za-z_-]{20,}"
              + "|\\beyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]+(?:\\.[0-9A-Za-z_-]*)?");

  /// A plain word is a sentence about authentication, not a key.
  private static final Pattern BEARER =
      Pattern.compile(
          "(?i)\\b(bearer|basic)\\s+(?!(?-i:[A-Z]?[a-z]+)[.,;:)]*+(?:\\s|$))[a-z0-9._~+/=*-]{6,}");

  private static final Pattern NAMED_KEY =
      Pattern.compile(
          "(?i)\\b((?:x-)?(?:api[-_ ]?key|access[-_]?token|secret|password|authorization)"
              + "[\"']?\\s{0,4}[=:]\\s{0,4}[\"']?)(?!\\[secret|bearer\\b|basic\\b)[^\\s\"',;)}]{4,}");

  private UpstreamText() {}

  /// A message for a caller.
  static String sanitised(String text) {
    return sanitised(text, MAX_MESSAGE);
  }

  /// @param limit the most characters of the result, cut with an ellipsis
  static String sanitised(String text, int limit) {
    // Replacements shorten a text or make it a little longer: twice the limit is more than shows.
    String plain = withoutControls(text, limit * 2 + 200);
    String open = replaceUrls(plain);
    open = HOST_AND_PORT.matcher(open).replaceAll(ADDRESS);
    open = BEARER.matcher(open).replaceAll("$1 " + Matcher.quoteReplacement(SECRET));
    open = KEY.matcher(open).replaceAll(Matcher.quoteReplacement(SECRET));
    open = NAMED_KEY.matcher(open).replaceAll("$1" + Matcher.quoteReplacement(SECRET));
    return shortened(open, limit);
  }

  private static String replaceUrls(String text) {
    if (!text.contains("://")) {
      return text;
    }
    return URL.matcher(text).replaceAll(match -> Matcher.quoteReplacement(isPublic(match.group())));
  }

  private static String isPublic(String url) {
    // Punctuation behind a link belongs to the sentence.
    int end = url.length();
    while (end > 0 && ".,;:!?)]}".indexOf(url.charAt(end - 1)) >= 0) {
      end--;
    }
    String link = url.substring(0, end);
    if (!PUBLIC_LINK.matcher(link).matches()) {
      return ADDRESS + url.substring(end);
    }
    int query = link.indexOf('?');
    return (query < 0 ? link : link.substring(0, query)) + url.substring(end);
  }

  private static String withoutControls(String text, int limit) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), limit));
    int i = 0;
    while (i < text.length() && plain.length() < limit) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (isSpace(character)) {
        if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
          plain.append(' ');
        }
      } else if (isVisible(character)) {
        plain.appendCodePoint(character);
      }
    }
    return plain.toString().strip();
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
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

  /// The title of an HTML page, or empty.
  static String titleOf(String page) {
    String lower = page.toLowerCase(Locale.ROOT);
    int open = lower.indexOf("<title");
    int start = open < 0 ? -1 : lower.indexOf('>', open);
    int end = start < 0 ? -1 : lower.indexOf("</title", start);
    // Lower case may change the length of a text outside ASCII.
    if (end < 0 || lower.length() != page.length()) {
      return "";
    }
    return page.substring(start + 1, end)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .strip();
  }
}
