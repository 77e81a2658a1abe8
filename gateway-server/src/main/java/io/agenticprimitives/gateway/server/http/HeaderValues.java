package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.AdjustmentJson;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;

/// Values of headers from texts that are not made for it.
final class HeaderValues {
  private static final int MAX_ADJUSTMENTS_LENGTH = 2048;

  private HeaderValues() {}

  /// A name, with a question mark for everything that has no place in a header.
  static String ascii(String text) {
    StringBuilder value = new StringBuilder(text.length());
    text.chars().forEach(c -> value.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
    return value.toString();
  }

  /// The adjustments as a JSON list; if they are too many for a header, as many as fit and how many
  /// there are beside them, `{"more":3}`. The body of the answer has them all.
  static String adjustments(List<Adjustment> adjustments) {
    StringBuilder list = new StringBuilder("[");
    int written = 0;
    for (Adjustment adjustment : adjustments) {
      String next = json(adjustment);
      if (list.length() + next.length() > MAX_ADJUSTMENTS_LENGTH) {
        break;
      }
      list.append(written++ == 0 ? "" : ",").append(next);
    }
    int more = adjustments.size() - written;
    if (more > 0) {
      list.append(written == 0 ? "" : ",").append("{\"more\":").append(more).append('}');
    }
    return list.append(']').toString();
  }

  private static String json(Adjustment adjustment) {
    JsonBuffer json = new JsonBuffer();
    AdjustmentJson.write(adjustment, json);
    return json.toString();
  }
}
