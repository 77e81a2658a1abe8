package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolNamesTest {

  @Test
  void everyNameLeadsThereAndBack() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      List<String> names = Stream.generate(() -> name(random)).limit(20).distinct().toList();
      ToolNames tools = ToolNames.of(names);
      List<String> upstream = names.stream().map(tools::toUpstream).toList();
      assertThat(upstream).doesNotHaveDuplicates().allMatch(n -> n.matches("[\\w-]{1,64}"));
      assertThat(upstream.stream().map(tools::fromUpstream)).isEqualTo(names);
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    int length = random.nextInt(4) == 0 ? random.nextInt(90) : random.nextInt(3);
    for (int i = 0; i < length; i++) {
      name.append("aB_-. é/日".charAt(random.nextInt(9)));
    }
    return name.toString();
  }

  @Test
  void aNameThatSomebodyElseHasIsNotGivenTwice() {
    String taken = ToolNames.of(List.of("a.b")).toUpstream("a.b");
    ToolNames tools = ToolNames.of(List.of("a.b", taken));
    assertThat(tools.toUpstream(taken)).isEqualTo(taken);
    assertThat(tools.toUpstream("a.b")).isNotEqualTo(taken);
    assertThat(tools.fromUpstream(tools.toUpstream("a.b"))).isEqualTo("a.b");
  }

  @Test
  void aNameIsTheSameWhateverItsNeighbours() {
    assertThat(ToolNames.of(List.of("a.b")).toUpstream("a.b"))
        .isEqualTo(ToolNames.of(List.of("x y", "a.b", "c")).toUpstream("a.b"));
  }

  @Test
  void aNameThatTheModelInventedIsPassedOn() {
    assertThat(ToolNames.of(List.of()).fromUpstream("invented")).isEqualTo("invented");
    assertThatThrownBy(() -> ToolNames.of(List.of()).toUpstream("unknown"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
