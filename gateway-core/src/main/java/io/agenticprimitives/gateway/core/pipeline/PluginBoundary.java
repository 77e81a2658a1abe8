package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the gateway ends and a plugin begins. Inside, the context class loader is the plugin's;
/// whatever the plugin throws comes out as a [BackendException].
///
/// Whatever runs inside holds a lease, streams until they have been closed and nobody is in them:
/// the backend is closed after [#close()], when all of that is over.
public final class PluginBoundary implements LlmBackend {
  private static final Logger log = LoggerFactory.getLogger(PluginBoundary.class);

  private final String name;
  private final LlmBackend backend;
  private final ClassLoader classLoader;
  private final Leases leases;

  /// @param name of the backend
  /// @param backend the plugin's
  /// @param classLoader the plugin's
  public PluginBoundary(String name, LlmBackend backend, ClassLoader classLoader) {
    this(name, backend, classLoader, () -> {});
  }

  /// @param name of the backend
  /// @param backend the plugin's
  /// @param classLoader the plugin's
  /// @param afterwards runs once the backend has been closed
  public PluginBoundary(
      String name, LlmBackend backend, ClassLoader classLoader, Runnable afterwards) {
    this.name = name;
    this.backend = backend;
    this.classLoader = classLoader;
    this.leases =
        new Leases(
            () -> {
              try {
                closeQuietly("close", backend);
              } finally {
                afterwards.run();
              }
            });
  }

  /// Keeps the backend from being closed for as long as somebody may come to use it.
  public Leases leases() {
    return leases;
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    enter();
    try {
      return new LeasedStream(
          inPlugin("stream", () -> Objects.requireNonNull(backend.stream(request, call))));
    } catch (Throwable failure) {
      leases.release();
      throw failure;
    }
  }

  /// A stream of the plugin. Its end may come from one thread while another one is in it.
  private final class LeasedStream implements EventStream {
    private final EventStream events;
    private int inside;
    private boolean closed;
    private boolean released;

    LeasedStream(EventStream events) {
      this.events = events;
    }

    @Override
    public StreamEvent next() {
      if (!enterStream(false)) {
        throw Cancelled.failure();
      }
      try {
        return inPlugin("next", () -> Objects.requireNonNull(events.next()));
      } finally {
        leaveStream();
      }
    }

    @Override
    public void close() {
      if (enterStream(true)) {
        try {
          closeQuietly("close of a stream", events);
        } finally {
          leaveStream();
        }
      }
    }

    /// @return false if the stream has been closed and left by all
    private synchronized boolean enterStream(boolean toClose) {
      if (!released) {
        inside++;
        closed |= toClose;
      }
      return !released;
    }

    private void leaveStream() {
      boolean last;
      synchronized (this) {
        inside--;
        last = closed && inside == 0 && !released;
        released |= last;
      }
      if (last) {
        leases.release();
      }
    }
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return leased("models", () -> List.copyOf(backend.models(call)));
  }

  @Override
  public Embeddings embed(EmbeddingRequest request, CallContext call) {
    return leased("embed", () -> Objects.requireNonNull(backend.embed(request, call)));
  }

  @Override
  public Health health(CallContext call) {
    return leased("health", () -> Objects.requireNonNull(backend.health(call)));
  }

  /// Lets the backend be closed when nobody uses it any more.
  @Override
  public void close() {
    leases.retire();
  }

  private <T> T leased(String method, Supplier<T> action) {
    enter();
    try {
      return inPlugin(method, action);
    } finally {
      leases.release();
    }
  }

  /// Whoever comes here without a lease of a call comes too late, after the call was given up.
  private void enter() {
    if (!leases.tryAcquire()) {
      throw Cancelled.failure();
    }
  }

  private void closeQuietly(String method, AutoCloseable closeable) {
    try {
      inPlugin(
          method,
          () -> {
            try {
              closeable.close();
            } catch (RuntimeException failure) {
              throw failure;
            } catch (Exception failure) {
              throw new IllegalStateException(failure);
            }
            return true;
          });
    } catch (BackendException failure) {
      // It is logged, and nobody waits for the result of a close.
    }
  }

  private <T> T inPlugin(String method, Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classLoader);
    try {
      return action.get();
    } catch (BackendException failure) {
      throw named(failure);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
      throw foreign(method, failure);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// Says which backend failed. What is the caller's fault is told in the upstream's own words,
  /// which clients search for what they know.
  private BackendException named(BackendException failure) {
    boolean callersFault = failure.kind().blame() == ErrorKind.Blame.CALLER;
    String quoted = "'" + name + "'";
    return callersFault || failure.message().contains(quoted)
        ? failure
        : failure.withMessage("Backend " + quoted + ": " + failure.message());
  }

  private BackendException foreign(String method, Throwable failure) {
    log.error("The provider of backend '{}' failed in {}", name, method, failure);
    String what =
        failure instanceof NoSuchElementException
            ? "ended a stream without saying that it finished"
            : "failed in an unforeseen way; the operator finds it in the log";
    return new BackendException(
        ErrorKind.INTERNAL, "The provider of backend '" + name + "' " + what + ".");
  }
}
