package io.agenticprimitives.gateway.core.plugin;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says in a clause and a remedy why the code of a plugin failed.
final class FailureText {
  private static final Pattern CLASS_NAME = Pattern.compile("[^\\s:()\\[\\]]+");
  private static final String AUTHORS = "The plugin's authors must correct that.";

  private FailureText() {}

  /// It continues a sentence that ends in a colon.
  static String of(Throwable failure) {
    return switch (failure) {
      case UnsupportedClassVersionError newer ->
          """
          it was compiled for a newer Java than this one (%s). Run the gateway with that \
          Java, or install a build of the plugin for Java %d.\
          """
              .formatted(newer.getMessage(), Runtime.version().feature());
      case NoClassDefFoundError missing when className(missing).isPresent() ->
          missing(className(missing).get());
      case NoClassDefFoundError earlier when earlier.getCause() instanceof Error cause ->
          "its static initialiser failed before (%s). %s".formatted(cause.getMessage(), AUTHORS);
      case ClassNotFoundException missing when className(missing).isPresent() ->
          missing(className(missing).get());
      case ExceptionInInitializerError initialiser ->
          "its static initialiser failed with %s. %s"
              .formatted(name(initialiser.getCause()), AUTHORS);
      case IncompatibleClassChangeError unfit ->
          """
          its classes do not fit together (%s). Put only versions into the plugin that \
          belong together.\
          """
              .formatted(name(unfit));
      case ClassFormatError damaged ->
          "a class file is damaged (%s). Install the plugin again.".formatted(name(damaged));
      case StackOverflowError _ -> "it calls itself without end. " + AUTHORS;
      default ->
          """
          %s. The log has the details; if they show no mistake in the configuration, the \
          plugin's authors must correct it.\
          """
              .formatted(name(failure));
    };
  }

  private static String missing(String className) {
    return """
    class %s is missing. Put the jar that has it beside the plugin's own, in one \
    directory; a plugin sees no library of the gateway.\
    """
        .formatted(className);
  }

  /// The class that an error of linking names, if its message is nothing else.
  private static Optional<String> className(Throwable failure) {
    return Optional.ofNullable(failure.getMessage())
        .filter(message -> CLASS_NAME.matcher(message).matches())
        .map(message -> message.replace('/', '.'));
  }

  /// The simple name of the type and the message.
  private static String name(@Nullable Throwable failure) {
    if (failure == null) {
      return "an unknown error";
    }
    String type = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    return message == null || message.isBlank() ? type : type + ": " + message;
  }
}
