package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `providers`: which primitives there are, and what becomes of those that the gateway does
/// not implement.
final class ProvidersReader {
  private static final String BLOCK = "providers";
  private static final String LLM = "llm";
  private static final String MEMORY = "memory";

  /// The primitives of the original project.
  private static final List<String> PRIMITIVES =
      List.of(
          LLM,
          MEMORY,
          "observability",
          "tools",
          "identity",
          "code_interpreter",
          "browser",
          "policy",
          "evaluations",
          "tasks",
          "knowledge");

  private final Problems problems;
  private final List<BackendConfig> backends = new ArrayList<>();

  ProvidersReader(Problems problems) {
    this.problems = problems;
  }

  /// Every backend that could be read so far, also of primitives with faults.
  List<BackendConfig> backends() {
    return backends;
  }

  /// The primitives that are implemented and configured without fault.
  Map<String, PrimitiveConfig> read(Mapping root) {
    Map<String, PrimitiveConfig> primitives = new LinkedHashMap<>();
    Optional<ConfigNode> node = root.get(BLOCK);
    if (node.isPresent() && node.get() instanceof Mapping providers) {
      for (Map.Entry<String, Entry> entry : providers.entries().entrySet()) {
        primitive(entry.getKey(), entry.getValue())
            .ifPresent(primitive -> primitives.put(entry.getKey(), primitive));
      }
    } else if (node.isPresent()) {
      String message = "expected primitives such as llm:, found " + Wording.found(node.get());
      problems.add(root.positionOf(BLOCK), BLOCK, message);
    }
    return primitives;
  }

  private Optional<PrimitiveConfig> primitive(String name, Entry entry) {
    String path = ConfigPath.key(BLOCK, entry.written());
    if (!PRIMITIVES.contains(name)) {
      String message = "unknown primitive" + NearestName.hint(name, PRIMITIVES);
      problems.add(entry.position(), path, message);
      return Optional.empty();
    }
    if (!(entry.value() instanceof Mapping block)) {
      String message = "expected backend: and config:, or default: and backends:, found ";
      problems.add(entry.position(), path, message + Wording.found(entry.value()));
      return Optional.empty();
    }
    if (name.equals(LLM)) {
      return new PrimitiveReader(path, entry.position(), backends, problems).read(block);
    }
    warnOfIgnored(name, block, entry.position(), path);
    return Optional.empty();
  }

  private void warnOfIgnored(String name, Mapping block, Position position, String path) {
    if (name.equals(MEMORY)) {
      String message = "memory is not available in this version of the gateway yet; ignored";
      problems.warn(position, path, message);
    } else if (!isNoop(block)) {
      problems.warn(position, path, name + " is not implemented by this gateway; ignored");
    }
  }

  private static boolean isNoop(Mapping block) {
    Optional<ConfigNode> backends = block.get("backends");
    if (backends.isPresent() && backends.get() instanceof Mapping named) {
      return named.entries().values().stream().allMatch(e -> hasNoopBackend(e.value()));
    }
    return hasNoopBackend(block);
  }

  private static boolean hasNoopBackend(ConfigNode node) {
    return node instanceof Mapping block
        && block
            .get("backend")
            .filter(Scalar.class::isInstance)
            .map(ProviderNames::isNoop)
            .orElse(false);
  }
}
