package io.agenticprimitives.gateway.core.plugin;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Says why there is no provider of a name, and what to do.
final class NotFoundText {
  /// Nobody mistypes a longer name, and comparing takes the square of it.
  private static final int LONGEST_COMPARED = 200;

  private final ProviderCatalog catalog;
  private final Path directory;

  NotFoundText(ProviderCatalog catalog, Path directory) {
    this.catalog = catalog;
    this.directory = directory;
  }

  String of(String name) {
    return ambiguous(name)
        .or(() -> broken(name))
        .or(() -> undeclared(name))
        .orElseGet(() -> unknown(name));
  }

  private Optional<String> ambiguous(String name) {
    List<String> candidates =
        catalog.candidates(name).stream()
            .map(provider -> provider.className() + " of plugin '" + provider.pluginName() + "'")
            .toList();
    return candidates.size() < 2
        ? Optional.empty()
        : Optional.of(
            "The name '%s' may mean %s. Write the class name."
                .formatted(name, String.join(" or ", candidates)));
  }

  private Optional<String> broken(String name) {
    List<String> reasons =
        catalog.plugins().stream().flatMap(plugin -> reasons(plugin, name)).toList();
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Provider '%s' is installed but cannot be used. %s"
                .formatted(name, String.join(" ", reasons)));
  }

  private static Stream<String> reasons(LoadedPlugin plugin, String name) {
    return plugin.faults().stream()
        .filter(fault -> fault.providers().stream().anyMatch(p -> p.answersTo(name)))
        .map(fault -> capital(plugin.source().title()) + ": " + fault.text());
  }

  private Optional<String> undeclared(String name) {
    return catalog.plugins().stream()
        .filter(plugin -> plugin.jars().classFile(name).isPresent())
        .findFirst()
        .map(
            plugin ->
                """
                %s has the class %s, but does not declare it as a provider. Add the line \
                '%s' to %s of its jar.%s\
                """
                    .formatted(
                        capital(plugin.source().title()),
                        name,
                        name,
                        ServiceFile.NAME,
                        plugin.fault().map(fault -> " " + fault).orElse("")));
  }

  private String unknown(String name) {
    return "No provider is called '%s'.%s %s%s"
        .formatted(
            name,
            nearest(name).map(near -> " Did you mean '" + near + "'?").orElse(""),
            installed(),
            unusable());
  }

  private String installed() {
    List<String> all =
        catalog
            .providers()
            .map(
                p -> p.className() + " (plugin '" + p.pluginName() + "' " + p.pluginVersion() + ")")
            .toList();
    return all.isEmpty()
        ? "No provider is installed: put a plugin into '" + directory + "'."
        : "Installed: " + String.join(", ", all) + ".";
  }

  private String unusable() {
    List<String> faults =
        catalog.plugins().stream()
            .flatMap(plugin -> plugin.fault().stream().map(f -> plugin.source().title() + ": " + f))
            .toList();
    return faults.isEmpty() ? "" : " Not usable: " + String.join(" ", faults);
  }

  private Optional<String> nearest(String name) {
    int limit = Math.clamp(core(name).length() / 3, 1, 3);
    return catalog
        .providers()
        .flatMap(p -> Stream.concat(Stream.of(p.className()), catalog.otherNames(p).stream()))
        .filter(known -> apart(name, known) <= limit)
        .min(
            Comparator.<String>comparingInt(known -> apart(name, known))
                .thenComparingInt(known -> distance(name, known)));
  }

  /// Compares what people know of a name, the simple class name with or without `Provider`.
  private static int apart(String wanted, String known) {
    return Math.min(distance(core(wanted), core(known)), distance(simple(wanted), simple(known)));
  }

  private static String core(String name) {
    return simple(name).replaceFirst("provider$", "");
  }

  private static String simple(String name) {
    return DeclaredProvider.comparable(name.substring(name.lastIndexOf('.') + 1));
  }

  private static int distance(String from, String to) {
    return Math.max(from.length(), to.length()) > LONGEST_COMPARED
        ? Integer.MAX_VALUE
        : EditDistance.between(from, to);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
