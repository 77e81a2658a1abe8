package io.agenticprimitives.gateway.api;

/// A JSON value as text, checked to be well-formed. JSON that the gateway need not understand
/// (schemas, arguments, fields of one vendor) crosses between the gateway and plugins in this form,
/// so that they share no JSON library.
///
/// @param text one JSON value (RFC 8259), at most [#MAX_DEPTH] deep
public record JsonText(String text) {
  /// How deep arrays and objects may be nested.
  public static final int MAX_DEPTH = 512;

  /// `null`.
  public static final JsonText NULL = new JsonText("null");

  /// `{}`.
  public static final JsonText EMPTY_OBJECT = new JsonText("{}");

  /// @throws IllegalArgumentException if the text is not one well-formed JSON value; the message
  ///   says where
  public JsonText {
    JsonSyntax.check(text);
  }

  /// Whether a text is one well-formed JSON value.
  public static boolean isValid(String text) {
    return JsonSyntax.faultIn(text) == null;
  }

  /// Whether the value is an object.
  public boolean isObject() {
    return text.stripLeading().startsWith("{");
  }

  /// The text itself.
  @Override
  public String toString() {
    return text;
  }
}
