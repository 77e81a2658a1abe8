package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the `routes` of a primitive. A route that could never be reached, or of which a part could
/// not, is a problem.
final class RoutesReader {
  static final String ROUTES = "routes";
  private static final String TARGETS = "targets";
  private static final String BACKEND = "backend";

  private final String path;
  private final Set<String> backends;
  private final List<String> writtenBackends;
  private final Problems problems;

  /// @param path of the primitive
  /// @param backends the names of all backends that the primitive has, those with faults included
  /// @param writtenBackends the same before expansion, for messages
  RoutesReader(String path, Set<String> backends, List<String> writtenBackends, Problems problems) {
    this.path = ConfigPath.key(path, ROUTES);
    this.backends = backends;
    this.writtenBackends = writtenBackends;
    this.problems = problems;
  }

  /// A route as it is written.
  record RouteBlock(
      @Doc("The backends that may serve it.") List<TargetBlock> targets,
      @Doc("Whether another target is asked if one cannot serve.") @Default("true")
          boolean fallback) {}

  /// A target as it is written.
  record TargetBlock(
      @Doc("The name of a backend.") String backend,
      @Doc("What is asked for there.") Optional<String> model,
      @Doc("Its share of the calls.") Optional<Integer> weight) {

    private static final int HEAVIEST = 1_000_000;

    TargetBlock {
      if (weight.isPresent() && (weight.get() < 1 || weight.get() > HEAVIEST)) {
        throw new IllegalArgumentException(
            "weight must be from 1 to "
                + HEAVIEST
                + "; leave it out for a target that is only"
                + " fallen back to");
      }
    }
  }

  /// The routes without faults, by name.
  Map<String, RouteConfig> read(Mapping primitive) {
    Map<String, RouteConfig> routes = new LinkedHashMap<>();
    Optional<ConfigNode> node = primitive.get(ROUTES).filter(n -> !Blocks.isNull(n));
    if (node.isPresent() && node.get() instanceof Mapping named) {
      named
          .entries()
          .forEach((name, entry) -> route(name, entry).ifPresent(r -> routes.put(name, r)));
    } else if (node.isPresent()) {
      String message = "expected routes, each a name with targets: below it, found ";
      problems.add(primitive.positionOf(ROUTES), path, message + Wording.found(node.get()));
    }
    return routes;
  }

  private Optional<RouteConfig> route(String name, Entry entry) {
    String routePath = ConfigPath.key(path, entry.written());
    if (!isReachable(name, entry.position(), routePath)) {
      return Optional.empty();
    }
    if (!(entry.value() instanceof Mapping block)) {
      String message = "expected targets: below it, found ";
      problems.add(entry.position(), routePath, message + Wording.found(entry.value()));
      return Optional.empty();
    }
    return RecordBinder.bind(block, RouteBlock.class, routePath, problems)
        .flatMap(route -> checked(name, route, block, routePath));
  }

  private boolean isReachable(String name, Position at, String routePath) {
    int slash = name.indexOf('/');
    if (!PrimitiveReader.NAME.matcher(name).matches()) {
      problems.add(at, routePath, "a route's name is 1 to 128 ASCII characters");
    } else if (backends.contains(name)) {
      problems.add(at, routePath, "a backend has this name; a route needs one of its own");
    } else if (slash > 0 && backends.contains(name.substring(0, slash))) {
      problems.add(at, routePath, "callers never reach it: what is before the / is a backend");
    } else {
      return true;
    }
    return false;
  }

  private Optional<RouteConfig> checked(
      String name, RouteBlock route, Mapping block, String routePath) {
    int before = problems.count();
    String targetsPath = ConfigPath.key(routePath, TARGETS);
    List<TargetBlock> targets = route.targets();
    if (targets.isEmpty()) {
      String message = "no target is given; write [{backend: name}]";
      problems.add(block.positionOf(TARGETS), targetsPath, message);
    }
    boolean weighted = targets.stream().anyMatch(target -> target.weight().isPresent());
    for (int i = 0; i < targets.size(); i++) {
      boolean chosen = weighted ? targets.get(i).weight().isPresent() : i == 0;
      Mapping written = written(block, i);
      String targetPath = ConfigPath.item(targetsPath, i);
      checkBackend(targets.get(i), written, targetPath);
      if (!chosen && !route.fallback()) {
        String message = "it is never asked; give it a weight, or write fallback: true";
        problems.add(written.position(), targetPath, message);
      }
    }
    return problems.count() == before
        ? Optional.of(
            new RouteConfig(
                name, targets.stream().map(RoutesReader::target).toList(), route.fallback()))
        : Optional.empty();
  }

  /// A target as a tree; it has been bound, so it is there.
  private static Mapping written(Mapping block, int index) {
    Sequence targets = (Sequence) block.get(TARGETS).orElseThrow();
    return (Mapping) targets.items().get(index);
  }

  private void checkBackend(TargetBlock target, Mapping written, String targetPath) {
    if (!backends.contains(target.backend())) {
      String found = written.get(BACKEND).map(Wording::found).orElse("nothing");
      String hint = NearestName.hint(target.backend(), writtenBackends);
      problems.add(
          written.positionOf(BACKEND),
          ConfigPath.key(targetPath, BACKEND),
          "there is no backend of this name: " + found + hint);
    }
  }

  private static RouteConfig.Target target(TargetBlock block) {
    return new RouteConfig.Target(block.backend(), block.model(), block.weight());
  }
}
