package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ServiceFileTest {

  @Test
  void commentsBlanksAndRepetitionsAreNoEntries() {
    ServiceFile file =
        ServiceFile.parse("# head\r\n\n  a.B  # why\n\ta.B\nc.D$E\r# a.F\n\u00e4.\u00d6\n");

    assertThat(file.classNames()).containsExactly("a.B", "c.D$E", "\u00e4.\u00d6");
    assertThat(file.malformed()).isEmpty();
  }

  @Test
  void linesThatAreNoClassNameAreMalformed() {
    ServiceFile file = ServiceFile.parse("a.B\nclass a.B\n1.B\na-b.C\na.B,c.D\n\ufeffa.B");

    assertThat(file.classNames()).containsExactly("a.B");
    assertThat(file.malformed())
        .containsExactly("class a.B", "1.B", "a-b.C", "a.B,c.D", "\ufeffa.B");
  }

  @RepeatedTest(10)
  void everyTextIsRead() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "aB$._ \t\r\n#1-\u00e4\ud83d\ude00\ufeff\0";
    for (int round = 0; round < 1000; round++) {
      String text = text(random, alphabet);
      ServiceFile file = ServiceFile.parse(text);

      assertThat(file.classNames())
          .as("seed %d: %s", seed, text)
          .doesNotHaveDuplicates()
          .allMatch(name -> !name.isEmpty() && name.equals(name.strip()) && text.contains(name))
          .noneMatch(name -> name.contains("#") || name.contains(" ") || name.contains("\n"));
      assertThat(file.malformed()).allMatch(line -> !line.isEmpty() && text.contains(line));
    }
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
