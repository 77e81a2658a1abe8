package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers as YAML 1.1 has them where they are not in quotes: `010` is eight. In quotes, or where a
/// fraction is wanted, they are what they look like.
final class Numbers {
  private static final Pattern WHOLE =
      Pattern.compile("([-+]?)(?:0b([01_]+)|0x([0-9a-fA-F_]+)|(0[0-7_]+)|([0-9][0-9_]*))");

  private static final Pattern DECIMAL = Pattern.compile("([-+]?)([0-9][0-9_]*)");

  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]{1,5})?");

  private static final int LONGEST = 64;

  /// The base that each group of [#WHOLE] after the sign is written in.
  private static final int[] BASES = {2, 16, 8, 10};

  private Numbers() {}

  /// An `int`.
  static Optional<Integer> integer(Scalar scalar) {
    return big(scalar).filter(n -> n.bitLength() < Integer.SIZE).map(BigInteger::intValue);
  }

  /// A `long`.
  static Optional<Long> whole(Scalar scalar) {
    return big(scalar).filter(n -> n.bitLength() < Long.SIZE).map(BigInteger::longValue);
  }

  /// A finite `double`.
  static Optional<Double> fraction(Scalar scalar) {
    String text = scalar.text();
    if (text.length() > LONGEST || !FRACTION.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(text.replace("_", ""))).filter(Double::isFinite);
  }

  private static Optional<BigInteger> big(Scalar scalar) {
    Matcher matcher = (scalar.plain() ? WHOLE : DECIMAL).matcher(scalar.text());
    if (scalar.text().length() > LONGEST || !matcher.matches()) {
      return Optional.empty();
    }
    if (!scalar.plain()) {
      return digits(matcher.group(1), matcher.group(2), 10);
    }
    for (int i = 0; i < BASES.length; i++) {
      String digits = matcher.group(i + 2);
      if (digits != null) {
        return digits(matcher.group(1), digits, BASES[i]);
      }
    }
    return Optional.empty();
  }

  private static Optional<BigInteger> digits(String sign, String digits, int base) {
    String bare = digits.replace("_", "");
    if (bare.isEmpty()) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(bare, base);
    return Optional.of(sign.equals("-") ? number.negate() : number);
  }
}
