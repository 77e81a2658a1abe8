package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.core.pipeline.Leases;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A plugin that has been opened. All [Plugins] in which its files are the same share it, and so do
/// its backends; after the last of them its class loader is closed and the copies of its jars are
/// deleted. Thread-safe.
final class OpenPlugin {
  private static final Logger log = LoggerFactory.getLogger(OpenPlugin.class);

  private final PluginFiles files;
  private final LoadedPlugin plugin;
  private final Leases leases;
  private final AtomicInteger owners = new AtomicInteger(1);

  private OpenPlugin(PluginFiles files, LoadedPlugin plugin, RunDirectory run) {
    this.files = files;
    this.plugin = plugin;
    this.leases =
        new Leases(
            () -> {
              plugin.classLoader().ifPresent(this::close);
              run.close();
            });
  }

  /// Opens it for one owner.
  ///
  /// @param files what was there before it is copied: if it changes meanwhile, it will be seen to
  ///   have changed
  static OpenPlugin open(PluginFiles files) {
    RunDirectory run = RunDirectory.create();
    return new OpenPlugin(files, new PluginOpener(run).open(files.source()), run);
  }

  LoadedPlugin plugin() {
    return plugin;
  }

  boolean isOf(PluginFiles now) {
    return files.areSameAs(now);
  }

  /// Shares it with another owner; the caller is one.
  OpenPlugin share() {
    owners.incrementAndGet();
    return this;
  }

  /// An owner gives it up.
  void disown() {
    if (owners.decrementAndGet() == 0) {
      leases.retire();
    }
  }

  /// Keeps it for a backend, which an owner opens.
  ///
  /// @return gives it back
  Runnable hold() {
    if (!leases.tryAcquire()) {
      throw new IllegalStateException("Plugin '" + plugin.source().name() + "' has been closed");
    }
    return leases::release;
  }

  private void close(URLClassLoader loader) {
    LeftThreads.report(plugin.source().name(), loader);
    try {
      loader.close();
    } catch (IOException failure) {
      log.warn("The jars of {} cannot be closed", loader.getName(), failure);
    }
  }
}
