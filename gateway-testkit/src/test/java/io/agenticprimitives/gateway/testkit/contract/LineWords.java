package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.testkit.Script;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The dialect of [LineBackend]: a line `+ text` (line breaks escaped) for each piece, at last `.
/// reason`.
final class LineWords implements UpstreamDialect {
  @Override
  public Script answer(UpstreamAnswer answer, Delivery delivery) {
    StringBuilder lines = new StringBuilder();
    for (String piece : answer.text()) {
      lines.append("+ ").append(piece.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }
    lines.append(". ").append(answer.stopReason().wireName()).append('\n');
    return Script.bytes(200, "text/lines", lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Script failure(int status, String message) {
    return Script.bytes(status, "text/lines", message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Script models(List<String> names) {
    throw new UnsupportedOperationException();
  }
}
