package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, ab, 1",
    "kitten, sitting, 3",
    "ab, ba, 2"
  })
  void itCountsTheChanges(String from, String to, int changes) {
    assertThat(EditDistance.between(from, to)).isEqualTo(changes);
  }

  @Test
  void itIsADistance() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      String a = word(random);
      String b = word(random);
      String c = word(random);

      assertThat(EditDistance.between(a, b)).isEqualTo(EditDistance.between(b, a));
      assertThat(EditDistance.between(a, b) == 0).isEqualTo(a.equals(b));
      assertThat(EditDistance.between(a, c))
          .isLessThanOrEqualTo(EditDistance.between(a, b) + EditDistance.between(b, c));
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }
}
