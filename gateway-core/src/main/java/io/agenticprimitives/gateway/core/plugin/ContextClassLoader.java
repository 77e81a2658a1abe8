package io.agenticprimitives.gateway.core.plugin;

/// Lends a class loader to the current thread as its context class loader: libraries inside plugins
/// look for their own classes and service files there.
final class ContextClassLoader implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  private ContextClassLoader() {}

  static ContextClassLoader set(ClassLoader loader) {
    ContextClassLoader context = new ContextClassLoader();
    context.thread.setContextClassLoader(loader);
    return context;
  }

  @Override
  public void close() {
    thread.setContextClassLoader(before);
  }
}
