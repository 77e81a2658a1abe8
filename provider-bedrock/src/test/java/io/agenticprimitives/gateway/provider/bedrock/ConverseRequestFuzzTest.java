package io.agenticprimitives.gateway.provider.bedrock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A target of `fuzz/run`: what holds for random requests ([RequestPropertiesTest]) holds for those
/// too that a fuzzer chooses.
class ConverseRequestFuzzTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "A conversation", "zzzzzzzzzzzzzzzzzzzz", "\u0000\u0001\u0002\u0003"})
  void holdsForSeeds(String choices) throws IOException {
    fuzzerTestOneInput(choices.getBytes(StandardCharsets.ISO_8859_1));
  }

  public static void fuzzerTestOneInput(byte[] choices) throws IOException {
    RequestPropertiesTest.Case generated = RequestPropertiesTest.Case.of(new Choices(choices));
    RequestPropertiesTest.keepsTheRules(generated);
    RequestPropertiesTest.losesNothing(generated);
  }

  /// A byte for each choice; after the last one, chance.
  private static final class Choices extends Random {
    private final transient byte[] bytes;
    private int position;

    Choices(byte[] bytes) {
      super(bytes.length);
      this.bytes = bytes;
    }

    @Override
    protected int next(int bits) {
      if (position == bytes.length) {
        return super.next(bits);
      }
      // Which bits count depends on how many choices there are: the same ones at both ends.
      int choice = bytes[position++] & 0xFF;
      return (choice << 24 | choice << 16 | choice) >>> (32 - bits);
    }
  }
}
