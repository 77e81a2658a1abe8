package io.agenticprimitives.gateway.core.config;

import java.nio.file.Path;

/// A reference that was found in the text of a configuration.
sealed interface Reference {

  /// The reference as it stands in the file.
  String written();

  /// A variable that is set.
  record Value(String written, String value) implements Reference {}

  /// A variable that is not set: the reference stays in the text.
  record Unset(String written, String variable) implements Reference {}

  /// A file whose content is wanted; it is read only where the reference is a value.
  record FileContent(String written, String path, Path baseDirectory) implements Reference {}
}
