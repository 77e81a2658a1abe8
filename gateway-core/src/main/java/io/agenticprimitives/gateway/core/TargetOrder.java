package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.core.config.RouteConfig.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// Chooses the targets of a route for one call: one by chance, as their weights say, then the
/// others in the order of the configuration.
final class TargetOrder {
  private final DoubleSupplier chance;

  /// @param chance numbers from 0 to below 1
  TargetOrder(DoubleSupplier chance) {
    this.chance = chance;
  }

  /// @param targets at least one
  /// @param fallback whether there are others at all
  List<Target> of(List<Target> targets, boolean fallback) {
    Target first = chosen(targets);
    if (!fallback) {
      return List.of(first);
    }
    List<Target> order = new ArrayList<>(targets);
    order.remove(first);
    order.addFirst(first);
    return List.copyOf(order);
  }

  private Target chosen(List<Target> targets) {
    long all = targets.stream().mapToLong(TargetOrder::weight).sum();
    double point = chance.getAsDouble() * all;
    for (Target target : targets) {
      point -= weight(target);
      if (point < 0) {
        return target;
      }
    }
    return targets.getFirst();
  }

  private static long weight(Target target) {
    return target.weight().orElse(0);
  }
}
