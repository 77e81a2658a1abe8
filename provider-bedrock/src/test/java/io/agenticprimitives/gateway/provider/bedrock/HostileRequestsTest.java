package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.call;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.result;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.results;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that are made to cost time or to break something.
class HostileRequestsTest {
  private static final int MANY = 50_000;

  /// Anything that takes time by the square of its input takes many minutes here.
  @Test
  @Timeout(60)
  void aLongConversationTakesTimeInProportion() {
    Message[] messages = new Message[MANY];
    List<ContentBlock> calls = new ArrayList<>();
    List<ContentBlock> answers = new ArrayList<>();
    ContentBlock document =
        new ContentBlock.Document(
            new MediaSource.Inline("text/plain", "YWJj"), "same", Extras.NONE);
    for (int i = 0; i < MANY; i++) {
      messages[i] = user(document);
      calls.add(call(i % 2 == 0 ? "same" : "call_" + i, "f", "{}"));
      answers.add(result(i % 2 == 0 ? "same" : "call_" + i, text("x")));
    }
    Collections.reverse(answers);
    assertThat(Translation.of(messages).encode().body()).isNotEmpty();
    Translation tools =
        Translation.of(
                user("?"),
                assistant(calls.toArray(new ContentBlock[0])),
                results(answers.toArray(new ContentBlock[0])))
            .tools(function("f"));
    assertThat(tools.encode().body()).isNotEmpty();
  }

  @Test
  void theDeepestJsonIsPassedOn() {
    String deepest = "{\"a\":".repeat(JsonText.MAX_DEPTH) + "1" + "}".repeat(JsonText.MAX_DEPTH);
    ContentBlock json = new ContentBlock.Json(new JsonText(deepest), Extras.NONE);
    Translation translation =
        Translation.of(user("?"), assistant(call("c", "f", deepest)), results(result("c", json)))
            .tools(function("f", deepest))
            .extra("additionalModelRequestFields", deepest);
    String body = new String(translation.encode().body(), StandardCharsets.UTF_8);
    assertThat(body).contains("{\"json\":" + deepest + "}", "\"input\":" + deepest);
  }

  @Test
  void aNumberThatNobodyCanReadIsRefused() {
    for (String number : List.of("9".repeat(2000), "1e99999999999")) {
      Translation translation =
          Translation.of(user("?")).extra("additionalModelRequestFields", "{\"x\":" + number + "}");
      assertThatThrownBy(translation::encode)
          .isInstanceOf(BackendException.class)
          .hasMessage("additionalModelRequestFields: The gateway cannot read this JSON value.");
    }
  }

  @Test
  void blocksOfABrokenBedrockFormAreRefusedOrSentWithoutAFault() {
    for (String block :
        List.of(
            "{'text':1}",
            "{'toolUse':[]}",
            "{'toolResult':'x'}",
            "{'cachePoint':null}",
            "{'reasoningContent':7}",
            "{'document':[]}",
            "{'json':null}",
            "{'text':'a','image':{}}",
            "{}",
            "[]",
            "null")) {
      ContentBlock part = new ContentBlock.Other("x", new JsonText(block.replace('\'', '"')));
      for (Message message : List.of(user(text("?"), part), assistant(text("!"), part))) {
        try {
          assertThat(Translation.of(user("?"), message).encode().body()).isNotEmpty();
        } catch (BackendException refused) {
          assertThat(refused).hasMessageStartingWith("messages[1].content[1]");
        }
      }
    }
  }
}
