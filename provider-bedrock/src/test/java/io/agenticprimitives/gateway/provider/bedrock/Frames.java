package io.agenticprimitives.gateway.provider.bedrock;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// Writes the event stream encoding by its specification, without AWS's library. The tests of the
/// distribution use it, too.
public final class Frames {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> ends = new ArrayList<>();

  public Frames event(String type, String payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":event-type", type);
    headers.put(":content-type", "application/json");
    headers.put(":message-type", "event");
    return frame(headers, payload);
  }

  public Frames start() {
    return event("messageStart", "{\"p\":\"abc\",\"role\":\"assistant\"}");
  }

  public Frames text(int index, String text) {
    return delta(index, "{\"text\":" + ResponseJson.object().textNode(text) + "}");
  }

  /// A piece of a block.
  ///
  /// @param delta JSON
  public Frames delta(int index, String delta) {
    return event(
        "contentBlockDelta", "{\"contentBlockIndex\":" + index + ",\"delta\":" + delta + "}");
  }

  public Frames toolInput(int index, String fragment) {
    return delta(
        index, "{\"toolUse\":{\"input\":" + ResponseJson.object().textNode(fragment) + "}}");
  }

  /// The start of a block.
  ///
  /// @param start JSON
  public Frames blockStart(int index, String start) {
    return event(
        "contentBlockStart", "{\"start\":" + start + ",\"contentBlockIndex\":" + index + "}");
  }

  public Frames tool(int index, String id, String name) {
    return blockStart(
        index, "{\"toolUse\":{\"toolUseId\":\"" + id + "\",\"name\":\"" + name + "\"}}");
  }

  public Frames blockStop(int index) {
    return event("contentBlockStop", "{\"contentBlockIndex\":" + index + "}");
  }

  public Frames stop(String reason) {
    return event("messageStop", "{\"stopReason\":\"" + reason + "\",\"p\":\"x\"}");
  }

  public Frames metadata() {
    return event(
        "metadata",
        "{\"usage\":{\"inputTokens\":3,\"outputTokens\":5,\"totalTokens\":8},"
            + "\"metrics\":{\"latencyMs\":7}}");
  }

  public Frames exception(String type, String payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":exception-type", type);
    headers.put(":content-type", "application/json");
    headers.put(":message-type", "exception");
    return frame(headers, payload);
  }

  public Frames error(String code, String message) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":error-code", code);
    headers.put(":error-message", message);
    headers.put(":message-type", "error");
    return frame(headers, "");
  }

  public Frames frame(Map<String, String> headers, String payload) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    headers.forEach(
        (name, value) -> {
          byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
          byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
          block.write(nameBytes.length);
          block.writeBytes(nameBytes);
          block.write(7);
          block.write(valueBytes.length >> 8);
          block.write(valueBytes.length);
          block.writeBytes(valueBytes);
        });
    return frame(block.toByteArray(), payload.getBytes(StandardCharsets.UTF_8));
  }

  public Frames frame(byte[] headers, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(16 + headers.length + payload.length);
    frame.putInt(frame.capacity()).putInt(headers.length);
    frame.putInt(checksum(frame.array(), 8)).put(headers).put(payload);
    frame.putInt(checksum(frame.array(), frame.capacity() - 4));
    bytes.writeBytes(frame.array());
    ends.add(bytes.size());
    return this;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /// The offset at which each frame ends.
  public List<Integer> ends() {
    return List.copyOf(ends);
  }
}
