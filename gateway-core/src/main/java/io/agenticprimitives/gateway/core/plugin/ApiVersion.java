package io.agenticprimitives.gateway.core.plugin;

import java.util.Optional;

/// The version of the plugin API: a number that changes when older plugins can no longer work.
final class ApiVersion {
  /// What this gateway has.
  static final int OURS = 1;

  /// The attribute of a plugin's manifest that tells what it was built for.
  static final String ATTRIBUTE = "Gateway-Api";

  private ApiVersion() {}

  /// What to say if a jar of the plugin tells another version.
  static Optional<String> mismatch(PluginJars jars) {
    return jars.jars().stream()
        .filter(jar -> !jar.apiVersion().orElse(text()).equals(text()))
        .findFirst()
        .map(
            jar ->
                """
                It was built for plugin API %s (%s in the manifest of %s), and this \
                gateway has plugin API %s. Install a release of the plugin for plugin API \
                %s, or a gateway with plugin API %s.\
                """
                    .formatted(
                        jar.apiVersion().orElse(""),
                        ATTRIBUTE,
                        jar.name(),
                        text(),
                        text(),
                        jar.apiVersion().orElse("")));
  }

  /// What to say if no jar of the plugin tells a version.
  static Optional<String> absence(PluginJars jars) {
    if (jars.jars().stream().anyMatch(jar -> jar.apiVersion().isPresent())) {
      return Optional.empty();
    }
    return Optional.of(
        """
        It does not say which plugin API it was built for (no %s in the manifest of %s), \
        and this gateway has plugin API %s. If it was built for that, add '%s: %s' to the \
        manifest of its jar.\
        """
            .formatted(ATTRIBUTE, jars.names(), text(), ATTRIBUTE, text()));
  }

  private static String text() {
    return Integer.toString(OURS);
  }
}
