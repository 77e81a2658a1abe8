package io.agenticprimitives.gateway.core.config;

/// What is logged and how.
///
/// @param format the form of a line
/// @param sanitize whether what looks like personal data is masked in the log
/// @param level the least level that is logged
public record LoggingConfig(Format format, boolean sanitize, Level level) {

  /// What holds where nothing is configured.
  public static final LoggingConfig DEFAULT = new LoggingConfig(Format.TEXT, true, Level.INFO);

  /// The form of a line.
  public enum Format {
    /// For people.
    TEXT,
    /// One JSON object.
    JSON
  }

  /// How important a line is.
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }
}
