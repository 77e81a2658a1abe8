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
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the gateway ends and a plugin begins. Inside, the context class loader is the plugin's;
/// whatever the plugin throws comes out as a [BackendException].
///
/// Whatever runs inside holds a lease, streams until they have been closed and nobody is in them:
/// the backend is closed after [#close()], when all of that is over. A thread that does not come
/// out although its call is over is interrupted after a moment, and after another one left alone:
/// nobody waits for it any more, neither a caller nor a reload.
public final class PluginBoundary implements LlmBackend {
  private static final Logger log = LoggerFactory.getLogger(PluginBoundary.class);

  /// How long a thread may take to come out: once after it was told to, once after an interrupt.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// How long a backend may take to close.
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final String name;
  private final LlmBackend backend;
  private final ClassLoader classLoader;
  private final Leases leases;
  private final Visits visits;

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
                closeBackend();
              } finally {
                afterwards.run();
              }
            });
    this.visits = new Visits(name, leases, PATIENCE);
  }

  /// Keeps the backend from being closed for as long as somebody may come to use it.
  public Leases leases() {
    return leases;
  }

  /// How many threads are inside the plugin although their calls are over.
  public int abandoned() {
    return visits.abandoned();
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    return stream(request, call, Visitor.NOBODY);
  }

  /// The plugin is asked by the first [EventStream#next()].
  ///
  /// @param visitor on whose behalf
  EventStream stream(CompletionRequest request, CallContext call, Visitor visitor) {
    return new PluginStream(
        this, visits.begin(visitor), "stream", () -> backend.stream(request, call));
  }

  @Override
  public Embeddings embed(EmbeddingRequest request, CallContext call) {
    return visit("embed", call, () -> Objects.requireNonNull(backend.embed(request, call)));
  }

  /// The vectors as a stream of one event, the last; they go past it. Closing it interrupts the
  /// plugin.
  ///
  /// @param answer takes the vectors, before the event is given
  /// @param visitor on whose behalf
  EventStream vectors(
      EmbeddingRequest request, CallContext call, Consumer<Embeddings> answer, Visitor visitor) {
    return new PluginStream(
        this,
        visits.begin(visitor),
        "embed",
        () -> {
          Embeddings made = Objects.requireNonNull(backend.embed(request, call));
          answer.accept(made);
          return EventStream.of(
              List.of(new StreamEvent.Finished(StopReason.END_TURN, "", made.usage())));
        });
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return visit("models", call, () -> List.copyOf(backend.models(call)));
  }

  @Override
  public Health health(CallContext call) {
    return visit("health", call, () -> Objects.requireNonNull(backend.health(call)));
  }

  /// Lets the backend be closed when nobody uses it any more.
  @Override
  public void close() {
    leases.retire();
  }

  private <T> T visit(String method, CallContext call, Supplier<T> action) {
    Visit visit = visits.begin(Visitor.NOBODY);
    visit.enter();
    visit.watch(call.remaining());
    try {
      return inPlugin(method, action);
    } finally {
      visit.leave();
      if (visit.end()) {
        visit.leave();
      }
    }
  }

  /// On a thread of its own, which is not waited for for ever.
  private void closeBackend() {
    Thread closing =
        Thread.ofVirtual().name("close-plugin").start(() -> closeQuietly("close", backend));
    try {
      if (!closing.join(CLOSING)) {
        closing.interrupt();
        if (!closing.join(PATIENCE)) {
          visits.abandon(closing);
        }
      }
    } catch (InterruptedException notNow) {
      Thread.currentThread().interrupt();
    }
  }

  void closeQuietly(String method, AutoCloseable closeable) {
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

  <T> T inPlugin(String method, Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classLoader);
    try {
      return action.get();
    } catch (BackendException failure) {
      throw named(failure);
    } catch (Throwable failure) {
      // Anything at all: plugins may throw what they do not declare. A machine that has run out of
      // memory is not the plugin's matter alone.
      if (failure instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
        throw fatal;
      }
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
