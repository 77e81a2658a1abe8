package io.agenticprimitives.gateway.testkit;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One header field as it stands on the wire: the name in its original spelling, the value without
/// surrounding blanks. Names are compared without regard to case ([#isNamed(String)]).
///
/// @param name a token of [RFC 9110 section
///   5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)
/// @param value characters of ISO-8859-1 without control characters other than tab; may be empty
public record Header(String name, String value) {

  /// @throws IllegalArgumentException if the name is no token or the value could break out of its
  ///   line; a script that wants exactly that sends the head with [Step.SendRaw]
  public Header {
    if (!isToken(name)) {
      throw new IllegalArgumentException("Not a header name: '" + printable(name) + "'");
    }
    if (!value.chars().allMatch(Header::isAllowedInValue)) {
      throw new IllegalArgumentException(
          "The value of header '%s' has a character that no header may carry: '%s'"
              .formatted(name, printable(value)));
    }
  }

  /// Whether this field has the given name, in any spelling.
  public boolean isNamed(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }

  /// The comma-separated members of every field of that name, in lower case ([RFC 9110 section
  /// 5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1)).
  static Stream<String> members(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.isNamed(name))
        .flatMap(header -> Stream.of(header.value().split(",")))
        .map(member -> member.strip().toLowerCase(Locale.ROOT))
        .filter(member -> !member.isEmpty());
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Header::isTokenCharacter);
  }

  /// The text with everything but visible ASCII replaced, cut to a length fit for a message.
  static String printable(String text) {
    String start = text.length() <= 80 ? text : text.substring(0, 80) + "...";
    return start.replaceAll("[^ -~]", "?");
  }

  private static boolean isTokenCharacter(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(character) >= 0;
  }

  private static boolean isAllowedInValue(int character) {
    return character == '\t' || (character >= ' ' && character <= 0xFF && character != 0x7F);
  }
}
