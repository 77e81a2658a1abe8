package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads single values with the leniency of the original project: numbers may be written as
/// strings, whole numbers with a fraction of zero.
final class Scalars {
  private static final String INTEGER = "Input should be a valid integer";
  private static final String NUMBER = "Input should be a valid number";

  private final Faults faults;

  Scalars(Faults faults) {
    this.faults = faults;
  }

  OptionalDouble number(JsonNode value, Location place) {
    if (value.isNumber()) {
      return OptionalDouble.of(value.doubleValue());
    }
    if (!value.isTextual()) {
      faults.add("float_type", place, NUMBER, value.toString());
      return OptionalDouble.empty();
    }
    Optional<BigDecimal> parsed = parse(value.textValue());
    if (parsed.isEmpty()) {
      String message = NUMBER + ", unable to parse string as a number";
      faults.add("float_parsing", place, message, value.toString());
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(parsed.get().doubleValue());
  }

  OptionalLong integer(JsonNode value, Location place) {
    if (!value.isNumber() && !value.isTextual()) {
      faults.add("int_type", place, INTEGER, value.toString());
      return OptionalLong.empty();
    }
    Optional<BigDecimal> parsed =
        value.isNumber() ? Optional.of(value.decimalValue()) : parse(value.textValue());
    if (parsed.isEmpty()) {
      String message = INTEGER + ", unable to parse string as an integer";
      faults.add("int_parsing", place, message, value.toString());
      return OptionalLong.empty();
    }
    return whole(parsed.get(), value, place);
  }

  private OptionalLong whole(BigDecimal number, JsonNode value, Location place) {
    if (number.signum() != 0 && (long) number.precision() - number.scale() > 19) {
      faults.add("int_parsing_size", place, INTEGER + " that is not so large", value.toString());
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(number.longValueExact());
    } catch (ArithmeticException fraction) {
      String message = INTEGER + ", got a number with a fractional part";
      faults.add("int_from_float", place, message, value.toString());
      return OptionalLong.empty();
    }
  }

  OptionalInt smallInteger(JsonNode value, Location place) {
    OptionalLong number = integer(value, place);
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    if (number.getAsLong() != (int) number.getAsLong()) {
      faults.add("int_parsing_size", place, INTEGER + " that is not so large", value.toString());
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) number.getAsLong());
  }

  private static Optional<BigDecimal> parse(String text) {
    String number = text.strip();
    try {
      return number.length() > 100 ? Optional.empty() : Optional.of(new BigDecimal(number));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  Optional<String> string(JsonNode value, Location place) {
    if (!value.isTextual()) {
      faults.notAString(place, value);
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  Optional<Boolean> bool(JsonNode value, Location place) {
    if (!value.isBoolean()) {
      faults.add("bool_type", place, "Input should be a valid boolean", value.toString());
      return Optional.empty();
    }
    return Optional.of(value.booleanValue());
  }

  /// A string or a list of strings.
  List<String> strings(JsonNode value, Location place) {
    List<String> strings = new ArrayList<>();
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        string(value.get(i), place.item(i)).ifPresent(strings::add);
      }
    } else {
      string(value, place).ifPresent(strings::add);
    }
    return strings;
  }
}
