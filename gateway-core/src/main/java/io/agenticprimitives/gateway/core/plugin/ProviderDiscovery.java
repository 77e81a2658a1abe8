package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.api.Provider;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/// Finds the providers of one plugin with [ServiceLoader], without constructing any, and tells what
/// is wrong with those that cannot be used. One bad entry does not hide the others. Used once.
final class ProviderDiscovery {
  private final PluginSource source;
  private final PluginJars jars;
  private final URLClassLoader loader;
  private final List<InstalledProvider> installed = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  ProviderDiscovery(PluginSource source, PluginJars jars, URLClassLoader loader) {
    this.source = source;
    this.jars = jars;
    this.loader = loader;
  }

  /// @param declared all that the service files name
  LoadedPlugin discover(List<DeclaredProvider> declared) {
    Map<String, Service> services = services(declared.size());
    ProviderDiagnosis diagnosis = new ProviderDiagnosis(loader, jars);
    List<DeclaredProvider> lost = new ArrayList<>();
    for (DeclaredProvider provider : declared) {
      Optional<String> fault = diagnosis.of(provider.className());
      Service service = services.get(provider.className());
      if (fault.isPresent()) {
        faults.add(new Fault(fault.get(), List.of(provider)));
      } else if (service == null) {
        lost.add(provider);
      } else {
        installed.add(service.installed(provider, source.name(), jars.version()));
      }
    }
    jars.jars().forEach(jar -> reportMalformedLines(jar, lost));
    return new LoadedPlugin(source, jars, Optional.of(loader), installed, faults);
  }

  private Map<String, Service> services(int declared) {
    Map<String, Service> found = new HashMap<>();
    var services = ServiceLoader.load(Provider.class, loader).stream().iterator();
    // The iterator goes on behind an entry or a file that fails, and what failed is diagnosed apart
    // from it. Each can fail once.
    int failuresLeft = declared + jars.jars().size();
    boolean more = true;
    while (more && failuresLeft >= 0) {
      try {
        more = services.hasNext();
        if (more) {
          var service = services.next();
          found.put(service.type().getName(), new Service(service.type(), service::get));
        }
      } catch (ServiceConfigurationError | LinkageError failed) {
        failuresLeft--;
      }
    }
    return found;
  }

  private void reportMalformedLines(PluginJar jar, List<DeclaredProvider> lost) {
    ServiceFile file = jar.serviceFile();
    if (!file.malformed().isEmpty()) {
      List<DeclaredProvider> ofFile =
          lost.stream().filter(p -> file.classNames().contains(p.className())).toList();
      faults.add(
          new Fault(
              """
              %s in %s has the line '%s', which is no class name, so that no provider of \
              that file is found. Correct the line.\
              """
                  .formatted(ServiceFile.NAME, jar.name(), file.malformed().getFirst()),
              ofFile));
    }
  }

  private record Service(Class<?> type, Supplier<Provider<?, ?>> constructor) {
    InstalledProvider installed(DeclaredProvider declared, String plugin, String version) {
      ProviderKind kind = ProviderKind.of(type).orElseThrow();
      return new InstalledProvider(
          declared, kind, plugin, version, type.getClassLoader(), constructor);
    }
  }
}
