package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stream that breaks off anywhere is never taken for a finished answer.
class CutStreamTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai/fantasy-openai-o4-mini-tool-streaming-i1",
        "databricks/chatlas-databricks-tool-variations-i0"
      })
  void aStreamCutAnywhereIsFinishedOnlyIfItsFinishHadCome(String name) {
    byte[] body = Recording.named(name).body();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int reason = Math.max(text.indexOf("finish_reason\":\"stop"), text.indexOf("\"tool_calls\"}"));
    int finish = text.indexOf("\n", reason);
    String whole = Answer.of(new StreamDecoder(new ByteArrayInputStream(body))).text();
    for (int end = 0; end < body.length; end++) {
      byte[] part = Arrays.copyOf(body, end);
      // At the end of a body the last line may lack its line end; a broken connection proves
      // nothing.
      checkCut(new ByteArrayInputStream(part), end, end >= finish, whole);
      checkCut(CutBody.broken(part, new IOException("reset")), end, end >= finish + 2, whole);
    }
  }

  private static void checkCut(InputStream body, int end, boolean finished, String whole) {
    Answer answer = Answer.of(ResponseBody.open("text/event-stream", true, body, _ -> {}));
    assertThat(answer.failure() == null).as("cut at %d", end).isEqualTo(finished);
    assertThat(whole).startsWith(answer.text());
    if (!finished && end > 10) {
      assertThat(answer.failed().kind()).as("cut at %d", end).isEqualTo(ErrorKind.CUT);
    }
  }
}
