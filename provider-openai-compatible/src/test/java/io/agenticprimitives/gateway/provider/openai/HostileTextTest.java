package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever callers write is one JSON text upstream, and the same text.
class HostileTextTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// What matters in JSON and in UTF-8, halves of pairs among it.
  private static final String[] PIECES = {
    "a",
    "\"",
    "\\",
    "\n",
    "\u0000",
    "\u001f",
    "\u007f",
    "\u0085",
    "\u2028",
    "\u00e9",
    "\u20ac",
    "\ud83d\ude00",
    "\ud83d",
    "\ude00",
    "\\ud83d",
    "\uffff",
    "{",
    "</script>"
  };

  @Test
  void anyTextArrivesAsItWasWritten() throws Exception {
    Random random = new Random(20261124);
    for (int i = 0; i < 5_000; i++) {
      String text = text(random);
      JsonText extra = new JsonText(MAPPER.writeValueAsString(text));
      String json =
          TestRequest.of(TestRequest.user(ContentBlock.Text.of(text)))
              .model("m" + text)
              .with(new Extras(Map.of("x", extra)))
              .encoded();
      JsonNode sent = MAPPER.readTree(json);
      assertThat(sent.path("messages").path(0).path("content").textValue()).isEqualTo(text);
      assertThat(sent.path("model").textValue()).isEqualTo("m" + text);
      assertThat(sent.path("x").textValue()).isEqualTo(text);
    }
  }

  @Test
  void aNameThatUtf8CannotHoldIsReplaced() throws Exception {
    String json =
        TestRequest.whole().with(new Extras(Map.of("a\ud83d", new JsonText("1")))).encoded();
    assertThat(MAPPER.readTree(json).path("a\ufffd").intValue()).isEqualTo(1);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
