package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A block of text. Its citations are kept with the part of the answer's text that they belong to,
/// which is known when the block ends.
final class TextBlock implements OpenBlock {
  private final AnswerEvents answer;
  private final long start;
  private final List<JsonNode> citations = new ArrayList<>();

  TextBlock(AnswerEvents answer) {
    this.answer = answer;
    this.start = answer.textLength();
  }

  /// A citation, as Bedrock writes it.
  void cite(JsonNode citation) {
    answer.kept().add(ResponseJson.write(citation).length());
    citations.add(citation);
  }

  @Override
  public void end() {
    for (JsonNode citation : citations) {
      answer
          .extensions()
          .append(
              "citations",
              ResponseJson.object()
                  .put("start_index", start)
                  .put("end_index", answer.textLength())
                  .set("citation", citation));
    }
  }
}
