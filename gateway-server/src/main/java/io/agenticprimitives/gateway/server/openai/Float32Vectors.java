package io.agenticprimitives.gateway.server.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agenticprimitives.gateway.api.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/// The two forms that vectors have on the wire: a list of numbers, and numbers of 32 bits (IEEE
/// 754), little-endian, in base64 (OpenAI API reference, `encoding_format`).
final class Float32Vectors {
  private static final JsonFactory JSON = new JsonFactory();

  private Float32Vectors() {}

  /// @throws IllegalArgumentException if it is no list of numbers
  static String toBase64(JsonText numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer number = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (JsonParser parser = JSON.createParser(numbers.text())) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("not a list");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (!parser.currentToken().isNumeric()) {
          throw new IllegalArgumentException("an element is not a number");
        }
        bytes.writeBytes(number.putFloat(0, parser.getFloatValue()).array());
      }
    } catch (IOException outOfRange) {
      throw new IllegalArgumentException("an element is out of range", outOfRange);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /// @throws IllegalArgumentException if it is not what it should be
  static JsonText toNumbers(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException("its length is not a multiple of 4 bytes");
    }
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder list = new StringBuilder(bytes.length * 3).append('[');
    while (numbers.hasRemaining()) {
      float number = numbers.getFloat();
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException("an element is not a finite number");
      }
      list.append(list.length() > 1 ? "," : "").append(number);
    }
    return new JsonText(list.append(']').toString());
  }
}
