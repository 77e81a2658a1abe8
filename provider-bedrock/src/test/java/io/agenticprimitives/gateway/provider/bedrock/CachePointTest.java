package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.LLAMA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.NOVA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.extras;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.point;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.reasoning;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Tool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of marks for the prompt cache.
class CachePointTest {
  private static final String POINT = "{'cachePoint':{'type':'default'}}";
  private static final Message SYSTEM =
      new Message.SystemPrompt(false, List.of(text("Rules"), point()), Extras.NONE);
  private static final Tool TOOL =
      new Tool.Function(
          "a", "", Optional.empty(), Optional.empty(), extras("cache_control", "{'type':'x'}"));

  private static ContentBlock marked(String text, String mark) {
    return new ContentBlock.Text(text, extras("cache_control", mark));
  }

  private static ContentBlock pointFor(String timeToLive) {
    return new ContentBlock.CachePoint(timeToLive, Extras.NONE);
  }

  private static ContentBlock document() {
    return new ContentBlock.Document(
        new MediaSource.Inline("text/plain", "YWJj"), "a", Extras.NONE);
  }

  private static final String DOCUMENT =
      "{'document':{'format':'txt','name':'a','source':{'bytes':'YWJj'}}}";

  private static void assertSent(String content, ContentBlock[] blocks, String... reports) {
    Translation.of(user(blocks))
        .gives("messages", "[{'role':'user','content':" + content + "}]", reports);
  }

  private static ContentBlock[] blocks(ContentBlock... blocks) {
    return blocks;
  }

  @Test
  void aMarkOfAnthropicsDialectBecomesACachePointBehindItsBlock() {
    assertSent(
        "[{'text':'a'},{'cachePoint':{'type':'default','ttl':'1h'}},{'text':'b'}," + POINT + "]",
        blocks(
            marked("a", "{'type':'ephemeral','ttl':'1h'}"), marked("b", "{'type':'ephemeral'}")));
  }

  @Test
  void aMarkOnTheMessageStandsAtItsEnd() {
    Message message =
        new Message.User(
            List.of(text("a"), text("b")), extras("cache_control", "{'type':'ephemeral'}"));
    Translation.of(message, assistant("c"))
        .gives(
            "messages",
            "[{'role':'user','content':[{'text':'a'},{'text':'b'},"
                + POINT
                + "]},{'role':'assistant','content':[{'text':'c'}]}]");
  }

  @Test
  void marksThatSayNothingAreReported() {
    assertSent(
        "[{'text':'a'},{'text':'b'}," + POINT + "]",
        blocks(marked("a", "true"), marked("b", "{'ttl':'2d'}")),
        "DROPPED messages[0].content[0].cache_control",
        "CHANGED messages[0].content[1].cache_control");
  }

  @Test
  void aPointAtTheStartStandsBehindTheFirstBlock() {
    assertSent(
        "[{'text':'a'}," + POINT + ",{'text':'b'}]",
        blocks(point(), text("a"), text("b")),
        "CHANGED messages[0].content[0]");
  }

  @Test
  void aPointBehindAnotherIsLeftOut() {
    assertSent(
        "[{'text':'a'}," + POINT + "]",
        blocks(text("a"), point(), pointFor("1h")),
        "DROPPED messages[0].content[2]");
  }

  @Test
  void aPointBehindAFileHasTextBetween() {
    assertSent(
        "[" + DOCUMENT + ",{'text':'.'}," + POINT + "]",
        blocks(document(), point()),
        "CHANGED messages[0].content[1]");
  }

  @Test
  void aPointBehindReasoningStandsBehindTheNextBlock() {
    String thought = "{'reasoningContent':{'redactedContent':'AAEC'}}";
    Translation.of(
            user("a"),
            assistant(reasoning(thought), point(), text("b"), reasoning(thought), point()))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'a'}]},
             {'role':'assistant','content':[%s,{'text':'b'},%s,%s]}]
            """
                .formatted(thought, POINT, thought),
            "CHANGED messages[1].content[1]",
            "DROPPED messages[1].content[4]");
  }

  @Test
  void theFirstPointsOfTheMessagesGoIfThereAreMoreThanFour() {
    Translation translation =
        Translation.of(
                SYSTEM,
                user(text("a"), point()),
                assistant(text("b"), point()),
                user(text("c"), point(), text("d"), point()))
            .tools(TOOL);
    assertThat(translation.body().findValues("cachePoint")).hasSize(4);
    assertThat(translation.body().path("messages").get(0).findValue("cachePoint")).isNull();
    assertThat(translation.body().path("messages").get(1).findValue("cachePoint")).isNull();
    assertThat(translation.call().lines())
        .containsExactly("DROPPED messages[1].content[1]", "DROPPED messages[2].content[1]");
  }

  @Test
  void anHourBehindFiveMinutesBecomesFiveMinutes() {
    Translation.of(SYSTEM, user(text("a"), pointFor("1h")))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'a'},{'cachePoint':{'type':'default','ttl':'5m'}}]}]
            """,
            "CHANGED messages[1].content[1]");
  }

  @Test
  void modelsWithoutACacheGetNoPoints() {
    Translation llama = Translation.of(SYSTEM, user("a")).model(LLAMA).tools(TOOL);
    assertThat(llama.body().findValue("cachePoint")).isNull();
    assertThat(llama.call().lines())
        .containsExactly("DROPPED tools[0].cache_control", "DROPPED messages[0].content[1]");
    Translation nova = Translation.of(SYSTEM, user("a")).model(NOVA).tools(TOOL);
    assertThat(nova.body().path("system").findValue("cachePoint")).isNotNull();
    assertThat(nova.call().lines()).containsExactly("DROPPED tools[0].cache_control");
  }

  @Test
  void pointsAmongToolsInBedrocksFormAreKept() {
    Tool point = new Tool.Other("", new JsonText("{\"cachePoint\":{\"type\":\"default\"}}"));
    Translation translation = Translation.of(user("a")).tools(TOOL, point);
    assertThat(translation.body().path("toolConfig").path("tools")).hasSize(2);
    assertThat(translation.call().lines()).containsExactly("DROPPED tools[1]");
  }
}
