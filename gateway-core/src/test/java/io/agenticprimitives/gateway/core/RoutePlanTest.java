package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.BARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.core.config.RouteConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePlanTest {
  private final TestGateway gateway = new TestGateway();

  @BeforeEach
  void configure() {
    gateway.backend("a", BARE);
    gateway.backend("b", BARE);
    gateway.unavailable("c");
    gateway.route("even", true, weighted("a", 9), weighted("b", 1), TestGateway.target("c"));
    gateway.route("first", true, TestGateway.target("b"), TestGateway.target("a"));
    gateway.route("alone", false, TestGateway.target("b"), TestGateway.target("a"));
  }

  private static RouteConfig.Target weighted(String backend, int weight) {
    return new RouteConfig.Target(backend, Optional.of("m"), Optional.of(weight));
  }

  private RoutePlan plan(String model, CallOptions options) {
    return new RoutePlanner(gateway.services()).plan(model, options);
  }

  private static CallOptions named(String backend) {
    return new CallOptions("r", Optional.of(backend), Optional.empty(), Map.of(), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "b/x", "c/x", "d/x", "even", "first", "alone"})
  void thePlanNamesTheTargetsThatTheRouterWouldAsk(String model) {
    gateway.chance = 0;
    CallOptions options = CallOptions.of("r");
    List<String> planned =
        plan(model, options).targets().stream().map(RoutePlan.Target::backend).toList();

    List<String> routed;
    try {
      routed =
          gateway.router().route(model, options).stream().map(target -> target.backend()).toList();
    } catch (BackendException unavailable) {
      routed = List.of("c");
    }
    assertThat(planned).isEqualTo(routed);
  }

  @Test
  void targetsSayWhenTheyAreAskedAndWhetherTheyCan() {
    assertThat(plan("even", CallOptions.of("r")).targets())
        .extracting(RoutePlan.Target::reason)
        .containsExactly(
            "It is asked first for 9 of 10 calls, and else if those before it cannot serve.",
            "It is asked first for 1 of 10 calls, and else if those before it cannot serve.",
            "It is asked if those before it cannot serve.");
    assertThat(plan("even", CallOptions.of("r")).targets().getLast().unavailable())
        .isEqualTo("KEY is not set.");
  }

  @Test
  void aHeaderGoesBeforeTheModel() {
    assertThat(plan("even", named("b")).targets())
        .containsExactly(new RoutePlan.Target("b", "even", "It is the only one.", ""));
    assertThat(plan("even", named("b")).reason()).contains("header");
  }

  @Test
  void aBackendThatDoesNotExistIsToldAsInACall() {
    assertThatThrownBy(() -> plan("even", named("x")))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("Unknown llm provider 'x'");
  }
}
