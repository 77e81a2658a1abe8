package io.agenticprimitives.gateway.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Records requests and decides which script answers each. Recording and choosing are one step, so
/// that the nth recorded request gets the nth queued script also when several arrive at once.
final class Dispatch {
  private static final int MAXIMUM_UNTAKEN = 10_000;
  private static final int MAXIMUM_FAILURES = 1_000;

  private final Map<String, Script> byRoute = new HashMap<>();
  private final Deque<Script> queue = new ArrayDeque<>();
  private final LinkedBlockingDeque<RecordedRequest> untaken = new LinkedBlockingDeque<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable Function<RecordedRequest, Script> computed;
  private long received;

  synchronized void enqueue(List<Script> scripts) {
    queue.addAll(scripts);
  }

  synchronized void route(String method, String path, Script script) {
    byRoute.put(route(method, path), script);
  }

  synchronized void compute(Function<RecordedRequest, Script> answer) {
    computed = answer;
  }

  synchronized long received() {
    return received;
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized void failed(String failure) {
    if (failures.size() < MAXIMUM_FAILURES) {
      failures.add(failure);
    }
  }

  @Nullable RecordedRequest take(Duration timeout) throws InterruptedException {
    return untaken.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Records the request; what is returned gives the script, and may run the caller's code.
  synchronized Supplier<Script> arrived(RecordedRequest request) {
    received++;
    untaken.add(request);
    if (untaken.size() > MAXIMUM_UNTAKEN) {
      untaken.poll();
    }
    Script routed = byRoute.get(route(request.method(), request.path()));
    if (routed != null) {
      return () -> routed;
    }
    Script queued = queue.poll();
    if (queued != null) {
      return () -> queued;
    }
    Function<RecordedRequest, Script> function = computed;
    return () -> function == null ? nothingScripted(request) : compute(function, request);
  }

  private Script nothingScripted(RecordedRequest request) {
    return failure(
        501,
        "Nothing is scripted for %s: use enqueue(...), on(\"%s\", \"%s\", ...) or onRequest(...)"
            .formatted(request, request.method(), request.path()));
  }

  private Script compute(Function<RecordedRequest, Script> function, RecordedRequest request) {
    try {
      Script script = function.apply(request);
      return script != null
          ? script
          : failure(500, "The function given to onRequest() returned null for " + request);
    } catch (RuntimeException | Error e) {
      return failure(
          500, "The function given to onRequest() failed for %s: %s".formatted(request, e));
    }
  }

  private Script failure(int status, String failure) {
    failed(failure);
    return plainText(status, failure);
  }

  static Script plainText(int status, String text) {
    return Script.bytes(status, "text/plain; charset=utf-8", Payload.of(text).bytes());
  }

  private static String route(String method, String path) {
    return method + " " + path;
  }
}
