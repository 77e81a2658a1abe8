package interop.fakes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// A frame of `application/vnd.amazon.eventstream`: the whole length, the length of the headers, a
/// checksum of these two, the headers, the payload, and a checksum of all before.
final class EventFrame {
  private static final int AROUND = 16;
  private static final byte STRING = 7;

  private EventFrame() {}

  static byte[] event(String type, String payload) {
    return frame("event", ":event-type", type, payload);
  }

  static byte[] exception(String type, String payload) {
    return frame("exception", ":exception-type", type, payload);
  }

  private static byte[] frame(String kind, String typeHeader, String type, String json) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(":message-type", kind, headers);
    header(typeHeader, type, headers);
    header(":content-type", "application/json", headers);
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(AROUND + headers.size() + payload.length);
    frame.putInt(frame.capacity()).putInt(headers.size());
    frame.putInt(checksum(frame));
    frame.put(headers.toByteArray()).put(payload);
    frame.putInt(checksum(frame));
    return frame.array();
  }

  private static int checksum(ByteBuffer frame) {
    CRC32 checksum = new CRC32();
    checksum.update(frame.array(), 0, frame.position());
    return (int) checksum.getValue();
  }

  private static void header(String name, String value, ByteArrayOutputStream out) {
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
    out.write(nameBytes.length);
    out.writeBytes(nameBytes);
    out.write(STRING);
    out.write(valueBytes.length >> 8);
    out.write(valueBytes.length);
    out.writeBytes(valueBytes);
  }
}
