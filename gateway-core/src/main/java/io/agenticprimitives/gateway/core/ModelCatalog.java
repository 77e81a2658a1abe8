package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks backends for their models. Thread-safe.
///
/// What a backend has told is kept: pickers ask often, and a backend that has become slow or has
/// gone away is still in the list for as long as the gateway runs. Callers who bring credentials of
/// their own may see other models and get an answer of their own.
final class ModelCatalog {
  private static final Logger log = LoggerFactory.getLogger(ModelCatalog.class);

  /// How long the list of all backends waits for the slowest of them.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration FRESH_FOR = Duration.ofSeconds(30);

  private final LlmServices services;
  private final Map<LlmService, Known> known = new ConcurrentHashMap<>();

  private record Known(ModelList list, long askedAt) {
    boolean isFresh() {
      return System.nanoTime() - askedAt < FRESH_FOR.toNanos();
    }
  }

  /// @param before what knew the backends that were carried over
  ModelCatalog(LlmServices services, Optional<ModelCatalog> before) {
    this.services = services;
    before.ifPresent(catalog -> known.putAll(catalog.known));
    known.keySet().retainAll(services.open());
  }

  /// The models of one backend; it waits for the upstream.
  ///
  /// @throws BackendException if the upstream fails
  ModelList of(LlmService service, CallOptions options) {
    Duration limit = service.policy().timeouts().firstEvent();
    List<ModelInfo> models;
    LiveCall call = LiveCall.within(service, options, limit);
    try (call) {
      models =
          BoundedWait.of(
              "list-models",
              () -> service.backend().models(call),
              limit,
              () ->
                  new BackendException(
                      ErrorKind.TIMEOUT,
                      "Backend '%s' did not list its models within %d s."
                          .formatted(service.name(), limit.toSeconds())));
    }
    ModelList list = new ModelList(service.name(), service.typeName(), models, call.adjustments());
    if (isForEverybody(service, options)) {
      known.put(service, new Known(list, System.nanoTime()));
    }
    return list;
  }

  /// Whether what comes of a call may be told to other callers too.
  private static boolean isForEverybody(LlmService service, CallOptions options) {
    boolean ownKey = service.policy().passAuthorization() && options.authorization().isPresent();
    return options.credentials().isEmpty() && !ownKey;
  }

  /// Whether a backend has listed a model, as far as is known.
  boolean lists(String backend, String model) {
    Known last =
        services.slots().get(backend) instanceof LlmServices.Slot.Open open
            ? known.get(open.service())
            : null;
    return last != null
        && last.list().models().stream().anyMatch(listed -> listed.name().equals(model));
  }

  /// The models of all backends, asked at once; it waits for a moment.
  AllModels all(CallOptions options) {
    Map<String, FutureTask<ModelList>> tasks = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    services
        .slots()
        .forEach(
            (name, slot) -> {
              switch (slot) {
                case LlmServices.Slot.Open open -> tasks.put(name, start(open.service(), options));
                case LlmServices.Slot.Unavailable unavailable ->
                    missing.put(name, unavailable.reason());
              }
            });
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<ModelList> lists = new ArrayList<>();
    tasks.forEach(
        (name, task) -> {
          try {
            lists.add(await(name, task, deadline));
          } catch (BackendException failure) {
            if (failure.kind() == ErrorKind.CANCELLED) {
              tasks.values().forEach(other -> other.cancel(true));
              throw failure;
            }
            Optional<ModelList> stale = stale(name, options);
            stale.ifPresent(lists::add);
            String old = stale.isPresent() ? " What is listed is what it said last." : "";
            missing.put(name, failure.message() + old);
          }
        });
    return new AllModels(lists, missing);
  }

  private Optional<ModelList> stale(String name, CallOptions options) {
    LlmService service = services.byName(name);
    return isForEverybody(service, options)
        ? Optional.ofNullable(known.get(service)).map(Known::list)
        : Optional.empty();
  }

  private FutureTask<ModelList> start(LlmService service, CallOptions options) {
    Known last = isForEverybody(service, options) ? known.get(service) : null;
    if (last != null && last.isFresh()) {
      FutureTask<ModelList> done = new FutureTask<>(last::list);
      done.run();
      return done;
    }
    FutureTask<ModelList> task = new FutureTask<>(() -> of(service, options));
    Thread.ofVirtual().name("models").start(task);
    return task;
  }

  private static ModelList await(String name, FutureTask<ModelList> task, long deadline) {
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      task.cancel(true);
      throw new BackendException(
          ErrorKind.TIMEOUT,
          "Backend '%s' did not list its models within %d s."
              .formatted(name, PATIENCE.toSeconds()));
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof BackendException told) {
        throw told;
      }
      log.error("The models of backend '{}' could not be listed", name, failure.getCause());
      throw new BackendException(
          ErrorKind.INTERNAL,
          "The models of backend '" + name + "' could not be listed; the log says why.",
          failure.getCause());
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new BackendException(ErrorKind.CANCELLED, "The call was given up by its caller.");
    }
  }
}
