package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the backends of one primitive, in either of its two forms.
final class PrimitiveReader {
  /// The name that the only backend of the short form has.
  private static final String ONLY = "default";

  private static final String DEFAULT = "default";
  private static final String BACKENDS = "backends";
  private static final String BACKEND = "backend";
  private static final String MAX_CONCURRENT = "max_concurrent";
  private static final List<String> SHORT_KEYS =
      List.of(
          BACKEND,
          "config",
          "timeouts",
          "retry",
          MAX_CONCURRENT,
          "max_queued",
          "max_queue_wait",
          "circuit_breaker",
          BackendConfig.PASS_AUTHORIZATION);
  private static final List<String> KEYS =
      Stream.concat(Stream.of(DEFAULT, BACKENDS, RoutesReader.ROUTES), SHORT_KEYS.stream())
          .toList();

  /// Callers select a backend by a header, which cannot carry any other name.
  static final Pattern NAME = Pattern.compile("[!-~](?:[ -~]{0,126}[!-~])?");

  private final String path;
  private final Position position;
  private final List<BackendConfig> found;
  private final Problems problems;

  /// @param found gets every backend that can be read
  PrimitiveReader(String path, Position position, List<BackendConfig> found, Problems problems) {
    this.path = path;
    this.position = position;
    this.found = found;
    this.problems = problems;
  }

  /// A backend as it is written.
  record BackendBlock(
      @Doc("The class name or alias of the provider.") String backend,
      Optional<Mapping> config,
      Optional<Timeouts> timeouts,
      Optional<RetryConfig> retry,
      @Doc("How many calls it serves at once.") Optional<Integer> maxConcurrent,
      @Doc("How many calls may wait for their turn.") @Default("100") int maxQueued,
      @Doc("How long a call may wait for its turn.") @Default("10s") Duration maxQueueWait,
      Optional<BreakerConfig> circuitBreaker,
      @Doc("Send the caller's own Authorization header upstream.") @Default("false")
          boolean passAuthorization) {

    /// Checks the keys that have no block of their own.
    BackendBlock {
      new ConcurrencyConfig(maxConcurrent, maxQueued, maxQueueWait);
    }

    CallPolicy policy() {
      return new CallPolicy(
          timeouts.orElse(Timeouts.DEFAULT),
          retry.orElse(RetryConfig.DEFAULT),
          new ConcurrencyConfig(maxConcurrent, maxQueued, maxQueueWait),
          circuitBreaker.orElse(BreakerConfig.DEFAULT),
          passAuthorization);
    }
  }

  /// Empty if there are problems.
  Optional<PrimitiveConfig> read(Mapping block) {
    boolean isLong = block.get(BACKENDS).isPresent();
    if (!isLong && block.get(BACKEND).isPresent()) {
      Map<String, RouteConfig> routes = routes(block, Set.of(ONLY), List.of(ONLY));
      return backend(ONLY, without(block, List.of(DEFAULT, RoutesReader.ROUTES)), path, position)
          .map(backend -> new PrimitiveConfig(ONLY, Map.of(ONLY, backend), routes));
    }
    Binding.refuseUnknownKeys(block, KEYS, path, problems);
    if (isLong) {
      return longForm(block);
    }
    String message = "no backend is given; write backend: and config:, or default: and backends:";
    problems.add(position, path, message);
    return Optional.empty();
  }

  private Map<String, RouteConfig> routes(
      Mapping block, Set<String> backends, List<String> writtenBackends) {
    return new RoutesReader(path, backends, writtenBackends, problems).read(block);
  }

  private static Mapping without(Mapping block, List<String> keys) {
    Map<String, Entry> entries = new LinkedHashMap<>(block.entries());
    entries.keySet().removeAll(keys);
    return new Mapping(entries, block.position());
  }

  private Optional<PrimitiveConfig> longForm(Mapping block) {
    SHORT_KEYS.stream().filter(block.keys()::contains).forEach(key -> warnOfIgnored(block, key));
    String backendsPath = ConfigPath.key(path, BACKENDS);
    if (!(block.get(BACKENDS).orElseThrow() instanceof Mapping named) || named.keys().isEmpty()) {
      String message = "expected backends, each a name with backend: and config: below it";
      problems.add(block.positionOf(BACKENDS), backendsPath, message);
      return Optional.empty();
    }
    Map<String, BackendConfig> backends = new LinkedHashMap<>();
    named
        .entries()
        .forEach(
            (name, entry) ->
                named(name, entry, ConfigPath.key(backendsPath, entry.written()))
                    .ifPresent(backend -> backends.put(name, backend)));
    List<String> written = named.entries().values().stream().map(Entry::written).toList();
    Map<String, RouteConfig> routes = routes(block, named.keys(), written);
    Optional<String> chosen = chosen(block, named, written);
    return chosen.isPresent() && backends.containsKey(chosen.get())
        ? Optional.of(new PrimitiveConfig(chosen.get(), backends, routes))
        : Optional.empty();
  }

  private void warnOfIgnored(Mapping block, String key) {
    String message = "ignored, because backends: is given as well";
    problems.warn(block.positionOf(key), ConfigPath.key(path, key), message);
  }

  private Optional<String> chosen(Mapping block, Mapping named, List<String> names) {
    Optional<ConfigNode> node = block.get(DEFAULT).filter(n -> !Blocks.isNull(n));
    String defaultPath = ConfigPath.key(path, DEFAULT);
    if (node.isEmpty()) {
      String message = "this key is required: the backend for callers who name none; one of ";
      problems.add(block.positionOf(DEFAULT), defaultPath, message + String.join(", ", names));
      return Optional.empty();
    }
    if (node.get() instanceof Scalar scalar && named.keys().contains(scalar.text())) {
      return Optional.of(scalar.text());
    }
    String hint = node.get() instanceof Scalar scalar ? NearestName.hint(scalar.text(), names) : "";
    String message = "there is no backend of this name: " + Wording.found(node.get()) + hint;
    problems.add(block.positionOf(DEFAULT), defaultPath, message);
    return Optional.empty();
  }

  private Optional<BackendConfig> named(String name, Entry entry, String backendPath) {
    if (!NAME.matcher(name).matches()) {
      String message =
          "a backend's name is 1 to 128 ASCII characters, as callers send it in a header";
      problems.add(entry.position(), backendPath, message);
      return Optional.empty();
    }
    if (!(entry.value() instanceof Mapping block)) {
      String message = "expected backend: and config: below it, found ";
      problems.add(entry.position(), backendPath, message + Wording.found(entry.value()));
      return Optional.empty();
    }
    return backend(name, block, backendPath, entry.position());
  }

  private Optional<BackendConfig> backend(
      String name, Mapping block, String backendPath, Position at) {
    Optional<BackendConfig> config =
        RecordBinder.bind(block, BackendBlock.class, backendPath, problems)
            .map(
                backend ->
                    new BackendConfig(
                        name,
                        backend.backend(),
                        backend.config().orElse(Mapping.empty(at)),
                        backend.policy(),
                        backendPath,
                        at));
    config.or(() -> withoutPolicy(name, block, backendPath, at)).ifPresent(found::add);
    warnOfIdleQueue(block, backendPath);
    return config;
  }

  /// A backend whose policy is wrong: what its provider has to say is told all the same.
  private static Optional<BackendConfig> withoutPolicy(
      String name, Mapping block, String backendPath, Position at) {
    Optional<ConfigNode> config = block.get("config").filter(node -> !Blocks.isNull(node));
    boolean readable = config.isEmpty() || config.get() instanceof Mapping;
    return readable && block.get(BACKEND).orElse(null) instanceof Scalar provider
        ? Optional.of(
            new BackendConfig(
                name,
                provider.text(),
                config.map(Mapping.class::cast).orElse(Mapping.empty(at)),
                CallPolicy.DEFAULT,
                backendPath,
                at))
        : Optional.empty();
  }

  private void warnOfIdleQueue(Mapping block, String backendPath) {
    for (String key : List.of("max_queued", "max_queue_wait")) {
      if (block.keys().contains(key) && !block.keys().contains(MAX_CONCURRENT)) {
        String message = "has no effect: nobody waits where max_concurrent is not given";
        problems.warn(block.positionOf(key), ConfigPath.key(backendPath, key), message);
      }
    }
  }
}
