package io.agenticprimitives.gateway.core.plugin;

import java.util.List;

/// The parent of every plugin's class loader: the JDK, and of the gateway nothing but the classes
/// that both sides must share. It has no resources, so that no service file or configuration of the
/// gateway reaches a plugin. Delegation is the JDK's own, parent first; nothing is overridden but
/// where the shared classes come from.
final class SharedClasses extends ClassLoader {
  /// The plugin API, because calls cross in its types; SLF4J, so that the libraries of plugins log
  /// where the gateway logs. JSON libraries are not here for a reason: see the decisions.
  static final List<String> PREFIXES = List.of("io.agenticprimitives.gateway.api.", "org.slf4j.");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;

  /// @param host where the shared classes are
  SharedClasses(ClassLoader host) {
    super("shared-with-plugins", getPlatformClassLoader());
    this.host = host;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (PREFIXES.stream().anyMatch(name::startsWith)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
