package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.BARE;
import static io.agenticprimitives.gateway.core.TestGateway.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.core.config.RouteConfig.Target;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final TestGateway gateway = new TestGateway();
  private final ScriptedBackend a = gateway.backend("a", BARE);
  private final ScriptedBackend b = gateway.backend("b", BARE);

  private static CallOptions pinned(String backend) {
    return new CallOptions("r", Optional.of(backend), Optional.empty(), Map.of(), false);
  }

  @Test
  void theHeaderWinsOverTheModel() {
    gateway.route("smart", true, target("b"), target("a"));
    assertThat(gateway.call("a/large", pinned("b")).backend()).isEqualTo("b");
    assertThat(gateway.call("smart", pinned("a")).backend()).isEqualTo("a");
    assertThat(gateway.call("smart", pinned("a")).mayMove()).isFalse();
  }

  @Test
  void theHeaderForAnyPrimitiveCountsToo() {
    CallOptions options = new CallOptions("r", Optional.empty(), Optional.of("b"), Map.of(), false);
    assertThat(gateway.call("", options).backend()).isEqualTo("b");
  }

  @Test
  void aBackendBeforeTheModelWins() {
    Completion.of(gateway.call("b/large/1"));
    assertThat(b.requests()).extracting(CompletionRequest::model).containsExactly("large/1");
  }

  @Test
  void otherModelsGoToTheDefaultAsTheyAre() {
    Completion.of(gateway.call("vendor/large"));
    assertThat(a.requests()).extracting(CompletionRequest::model).containsExactly("vendor/large");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> gateway.call("", pinned("c")))
        .hasMessage("Unknown llm provider 'c'. Available: a, b");
  }

  @Test
  void vectorsAlwaysComeFromTheSameTarget() {
    gateway.route("vectors", true, weighted("a", 1), weighted("b", 9));
    gateway.chance = 0.99;
    assertThat(vectorsOf("vectors")).isEqualTo("a of ''");
    assertThat(vectorsOf("b/x")).isEqualTo("b of 'x'");
    assertThat(vectorsOf("x")).isEqualTo("a of 'x'");
  }

  private String vectorsOf(String model) {
    var target = gateway.router().first(model, CallOptions.of("r"));
    return target.backend() + " of '" + target.model().orElseThrow() + "'";
  }

  @Test
  void callsAreSharedOutByWeight() {
    List<Target> targets = List.of(weighted("a", 9), weighted("b", 1), target("c"));
    Random random = new Random(7);
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      List<Target> order = new TargetOrder(random::nextDouble).of(targets, true);
      assertThat(order).containsExactlyInAnyOrderElementsOf(targets);
      assertThat(order.getLast()).isEqualTo(target("c"));
      first.merge(order.getFirst().backend(), 1, Integer::sum);
    }
    assertThat(first).containsOnlyKeys("a", "b");
    assertThat(first.get("a")).isBetween(8900, 9100);
  }

  @Test
  void chanceAtItsEndsChoosesTheOutermost() {
    List<Target> targets = List.of(weighted("a", 1), weighted("b", 1));
    assertThat(new TargetOrder(() -> 0.0).of(targets, false)).containsExactly(targets.getFirst());
    assertThat(new TargetOrder(() -> Math.nextDown(1.0)).of(targets, false))
        .containsExactly(targets.getLast());
  }

  @Test
  void withoutWeightsTheFirstIsAskedFirst() {
    List<Target> targets = List.of(target("a"), target("b"));
    assertThat(new TargetOrder(() -> 0.99).of(targets, true)).isEqualTo(targets);
  }

  private static Target weighted(String backend, int weight) {
    return new Target(backend, Optional.empty(), Optional.of(weight));
  }
}
