package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.LLAMA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.bedrock;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.call;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.point;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.result;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.results;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of past calls and their results.
class ToolHistoryTest {
  private static final Message ASK = user("Weather?");
  private static final Message TWO_CALLS =
      assistant(call("c1", "weather", "{\"city\":\"A\"}"), call("c2", "weather", "{}"));

  private static Translation of(Message... messages) {
    return Translation.of(messages).tools(function("weather"));
  }

  /// The last message that is sent.
  private static String last(Translation translation) {
    JsonNode messages = translation.body().path("messages");
    return messages.get(messages.size() - 1).path("content").toString().replace('"', '\'');
  }

  @Test
  void resultsOfOneTurnShareOneMessageInTheOrderOfTheCalls() {
    of(ASK, TWO_CALLS, results(result("c2", text("rain"))), results(result("c1", text("sun"))))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Weather?'}]},
             {'role':'assistant','content':[
              {'toolUse':{'toolUseId':'c1','name':'weather','input':{'city':'A'}}},
              {'toolUse':{'toolUseId':'c2','name':'weather','input':{}}}]},
             {'role':'user','content':[
              {'toolResult':{'toolUseId':'c1','content':[{'text':'sun'}]}},
              {'toolResult':{'toolUseId':'c2','content':[{'text':'rain'}]}}]}]
            """);
  }

  @Test
  void resultsComeBeforeWhatTheUserSays() {
    Translation translation =
        of(ASK, TWO_CALLS, user(text("Hurry"), result("c1", text("a")), result("c2", text("b"))));
    assertThat(last(translation))
        .isEqualTo(
            "[{'toolResult':{'toolUseId':'c1','content':[{'text':'a'}]}},"
                + "{'toolResult':{'toolUseId':'c2','content':[{'text':'b'}]}},{'text':'Hurry'}]");
    assertThat(translation.call().lines())
        .containsExactly("CHANGED messages[2].content[1]", "CHANGED messages[2].content[2]");
  }

  @Test
  void aCallThatNobodyAnsweredGetsAnErrorResult() {
    Translation translation = of(ASK, TWO_CALLS, results(result("c1", text("sun"))), user("And?"));
    assertThat(last(translation))
        .isEqualTo(
            "[{'toolResult':{'toolUseId':'c1','content':[{'text':'sun'}]}},{'toolResult':"
                + "{'toolUseId':'c2','content':[{'text':'There is no result for this call.'}],"
                + "'status':'error'}},{'text':'And?'}]");
    assertThat(translation.call().lines()).containsExactly("CHANGED messages[1].content[1]");
  }

  @Test
  void callsAtTheEndAreAnsweredToo() {
    Translation translation = of(ASK, TWO_CALLS);
    assertThat(last(translation)).contains("c1", "c2", "There is no result");
  }

  @Test
  void aResultOfNoCallBecomesText() {
    Message orphan =
        results(
            new ContentBlock.ToolResult(
                "c9",
                List.of(text("fog"), new ContentBlock.Json(new JsonText("{}"), Extras.NONE)),
                true,
                Extras.NONE));
    Translation translation = of(ASK, orphan);
    assertThat(last(translation))
        .isEqualTo(
            "[{'text':'Weather?'},{'text':'Failed tool call (c9):\\nfog\\n{\\'json\\':{}}'}]");
    assertThat(translation.call().lines()).containsExactly("CHANGED messages[1].content[0]");
  }

  @Test
  void aSecondResultForACallBecomesText() {
    Translation translation =
        of(
            ASK,
            assistant(call("c1", "weather", "{}")),
            results(result("c1", text("sun")), result("c1", text("rain"))));
    assertThat(last(translation))
        .isEqualTo(
            "[{'toolResult':{'toolUseId':'c1','content':[{'text':'sun'}]}},"
                + "{'text':'Tool result (c1):\\nrain'}]");
  }

  @Test
  void argumentsThatAreNoObjectAreSentAsText() {
    Translation translation =
        of(
            ASK,
            assistant(call("c1", "weather", "[1]"), call("c2", "weather", "{\"a\":")),
            results(result("c1", text("x")), result("c2", text("y"))));
    JsonNode messages = translation.body().path("messages");
    assertThat(messages.findValuesAsText("rawInvalidInput")).containsExactly("[1]", "{\"a\":");
    assertThat(translation.call().lines())
        .containsExactly(
            "CHANGED messages[1].content[0].arguments", "CHANGED messages[1].content[1].arguments");
  }

  @Test
  void noArgumentsAreAnEmptyObject() {
    Translation translation =
        of(
            ASK,
            assistant(call("c1", "weather", ""), call("c2", "weather", "null")),
            results(result("c1", text("x")), result("c2", text("y"))));
    assertThat(translation.body().path("messages").findValues("input"))
        .hasSize(2)
        .allMatch(JsonNode::isEmpty);
    assertThat(translation.call().lines()).isEmpty();
  }

  @Test
  void resultsHoldJsonObjectsAndTextOfOtherJson() {
    ContentBlock object = new ContentBlock.Json(new JsonText("{\"t\": 1.50}"), Extras.NONE);
    ContentBlock list = new ContentBlock.Json(new JsonText("[1]"), Extras.NONE);
    Translation translation =
        of(ASK, assistant(call("c1", "weather", "{}")), results(result("c1", object, list)));
    assertThat(last(translation))
        .isEqualTo(
            "[{'toolResult':{'toolUseId':'c1','content':[{'json':{'t':1.5}},{'text':'[1]'}]}}]");
    assertThat(translation.call().lines())
        .containsExactly("CHANGED messages[2].content[0].content[1]");
  }

  @Test
  void anEmptyResultSaysSo() {
    Translation translation =
        of(ASK, assistant(call("c1", "weather", "{}")), results(result("c1", text(""))));
    assertThat(last(translation)).contains("[{'text':'(empty)'}]");
    assertThat(translation.call().lines()).containsExactly("CHANGED messages[2].content[0]");
  }

  @Test
  void aCachePointBetweenResultsStandsBehindThem() {
    Translation translation =
        of(ASK, TWO_CALLS, user(result("c1", text("a")), point(), result("c2", text("b"))));
    assertThat(translation.body().path("messages").get(2).path("content").get(2).toString())
        .isEqualTo("{\"cachePoint\":{\"type\":\"default\"}}");
  }

  @Test
  void llamaTakesResultsAloneAndNoStatus() {
    ContentBlock failed = new ContentBlock.ToolResult("c1", List.of(text("no")), true, Extras.NONE);
    Translation translation =
        of(ASK, assistant(call("c1", "weather", "{}")), user(failed, text("And?"))).model(LLAMA);
    assertThat(translation.body().path("messages")).hasSize(5);
    assertThat(last(translation)).isEqualTo("[{'text':'And?'}]");
    assertThat(translation.call().lines())
        .containsExactly("DROPPED messages[2].content[0]", "CHANGED messages[2].content[1]");
  }

  @Test
  void toolsThatTheServiceRanStayInTheModelsTurn() {
    String use =
        "{'toolUse':{'toolUseId':'s1','name':'nova_code_interpreter','input':{'snippet':'1'},"
            + "'type':'server_tool_use'}}";
    String result =
        "{'toolResult':{'toolUseId':'s1','content':[{'json':{'out':'1'}}],"
            + "'type':'nova_code_interpreter_result'}}";
    Translation.of(ASK, assistant(bedrock(use), bedrock(result), text("1")), user("Thanks"))
        .model("us.amazon.nova-2-lite-v1:0")
        .tools(function("weather"))
        .gives(
            "messages",
            "[{'role':'user','content':[{'text':'Weather?'}]},{'role':'assistant','content':["
                + use
                + ","
                + result
                + ",{'text':'1'}]},{'role':'user','content':[{'text':'Thanks'}]}]");
  }

  @Test
  void aResultInTheModelsMouthIsGivenByTheUser() {
    Translation translation =
        of(ASK, assistant(call("c1", "weather", "{}"), result("c1", text("sun"))), user("Ok"));
    assertThat(last(translation))
        .isEqualTo("[{'toolResult':{'toolUseId':'c1','content':[{'text':'sun'}]}},{'text':'Ok'}]");
    assertThat(translation.call().lines()).containsExactly("CHANGED messages[1].content[1]");
  }
}
