package io.agenticprimitives.gateway.distribution;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads the spans out of what a collector receives: `ExportTraceServiceRequest` of OTLP as
/// protobuf, as far as the tests look at it.
final class OtlpSpans {
  /// A span; its attributes are text whatever they were.
  record Span(
      String traceId,
      String spanId,
      String parentId,
      String name,
      long nanos,
      Map<String, String> attributes) {}

  private OtlpSpans() {}

  static List<Span> read(byte[] request) {
    List<Span> spans = new ArrayList<>();
    for (byte[] resourceSpans : messages(request, 1)) {
      for (byte[] scopeSpans : messages(resourceSpans, 2)) {
        messages(scopeSpans, 2).forEach(span -> spans.add(span(span)));
      }
    }
    return spans;
  }

  private static Span span(byte[] bytes) {
    HexFormat hex = HexFormat.of();
    Map<String, String> attributes = new TreeMap<>();
    for (byte[] attribute : messages(bytes, 9)) {
      byte[] value = messages(attribute, 2).getFirst();
      attributes.put(text(messages(attribute, 1).getFirst()), value(value));
    }
    List<byte[]> parent = messages(bytes, 4);
    return new Span(
        hex.formatHex(messages(bytes, 1).getFirst()),
        hex.formatHex(messages(bytes, 2).getFirst()),
        parent.isEmpty() ? "" : hex.formatHex(parent.getFirst()),
        text(messages(bytes, 5).getFirst()),
        number(bytes, 8) - number(bytes, 7),
        attributes);
  }

  /// An `AnyValue`: a string, a whole number, or a list of them.
  private static String value(byte[] any) {
    List<byte[]> string = messages(any, 1);
    if (!string.isEmpty()) {
      return text(string.getFirst());
    }
    List<byte[]> array = messages(any, 5);
    return array.isEmpty()
        ? Long.toString(number(any, 3))
        : messages(array.getFirst(), 1).stream().map(OtlpSpans::value).toList().toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<byte[]> messages(byte[] message, int field) {
    List<byte[]> found = new ArrayList<>();
    walk(message, field, found);
    return found;
  }

  /// A number, however it is encoded; 0 if it is not there.
  private static long number(byte[] message, int field) {
    return walk(message, field, new ArrayList<>());
  }

  private static long walk(byte[] message, int field, List<byte[]> found) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    long number = 0;
    while (in.hasRemaining()) {
      long tag = varint(in);
      boolean wanted = tag >>> 3 == field;
      long value =
          switch ((int) (tag & 7)) {
            case 0 -> varint(in);
            case 1 -> in.getLong();
            case 2 -> {
              byte[] bytes = new byte[(int) varint(in)];
              in.get(bytes);
              if (wanted) {
                found.add(bytes);
              }
              yield 0;
            }
            case 5 -> in.getInt();
            default -> throw new IllegalArgumentException("Not protobuf: tag " + tag);
          };
      number = wanted ? value : number;
    }
    return number;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }
}
