package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.LLAMA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.MISTRAL;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.NOVA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.call;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.extras;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.result;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.results;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of tools and the choice among them.
class ToolDeclarationTest {
  private static final Message[] CALLED = {
    user("Weather?"), assistant(call("c1", "weather", "{}")), results(result("c1", text("sun")))
  };

  private static Tool other(String json) {
    return new Tool.Other("", new JsonText(json.replace('\'', '"')));
  }

  @Test
  void aFunctionBecomesAToolSpec() {
    Tool tool =
        new Tool.Function(
            "weather",
            "Looks out of the window",
            Optional.of(new JsonText("{\"type\":\"object\",\"x\":1.50}")),
            Optional.of(true),
            extras("cache_control", "{'type':'ephemeral','ttl':'1h'}"));
    Translation.of(user("?"))
        .tools(tool)
        .gives(
            "toolConfig",
            """
            {'tools':[
              {'toolSpec':{'name':'weather','description':'Looks out of the window',
                'inputSchema':{'json':{'type':'object','x':1.5}},'strict':true}},
              {'cachePoint':{'type':'default','ttl':'1h'}}]}
            """);
  }

  @Test
  void schemasAreOfTheTypeObject() {
    Tool bare = new Tool.Function("c", " ", Optional.empty(), Optional.of(false), Extras.NONE);
    Translation.of(user("?"))
        .tools(
            function("a", "{'properties':{'x':{}}}"),
            function("b", "{'type':['object','null']}"),
            bare,
            function("d", "{}"))
        .gives(
            "toolConfig",
            """
            {'tools':[
              {'toolSpec':{'name':'a',
                'inputSchema':{'json':{'properties':{'x':{}},'type':'object'}}}},
              {'toolSpec':{'name':'b','inputSchema':{'json':{'type':'object'}}}},
              {'toolSpec':{'name':'c','inputSchema':{'json':{'type':'object','properties':{}}}}},
              {'toolSpec':{'name':'d','inputSchema':{'json':{'type':'object','properties':{}}}}}]}
            """,
            "CHANGED tools[1].input_schema.type");
  }

  @Test
  void aSchemaThatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> Translation.of(user("?")).tools(function("a", "[]")).encode())
        .isInstanceOf(BackendException.class)
        .hasMessage("tools[0].input_schema: This must be a JSON object.");
  }

  @Test
  void toolsInBedrocksOwnFormAreUnderstood() {
    Translation.of(user("?"))
        .model(NOVA)
        .tools(
            other(
                "{'toolSpec':{'name':'a b','description':'d','inputSchema':{'json':{'type':"
                    + "'object'}}}}"),
            other("{'systemTool':{'name':'nova_grounding'}}"),
            other("{'type':'web_search'}"))
        .gives(
            "toolConfig",
            """
            {'tools':[
              {'toolSpec':{'name':'a_b_inyilnm91','description':'d',
                'inputSchema':{'json':{'type':'object'}}}},
              {'systemTool':{'name':'nova_grounding'}}]}
            """,
            "DROPPED tools[2]",
            "CHANGED tools[0].name");
  }

  @Test
  void aNameIsDeclaredOnce() {
    Translation.of(user("?"))
        .tools(function("a"), function("a"))
        .gives(
            "toolConfig",
            "{'tools':[{'toolSpec':{'name':'a','inputSchema':{'json':{'type':'object'}}}}]}",
            "DROPPED tools[1]");
  }

  @Test
  void strictIsLeftOutForModelsThatRefuseIt() {
    Tool tool = new Tool.Function("a", "", Optional.empty(), Optional.of(true), Extras.NONE);
    Translation translation = Translation.of(user("?")).model(NOVA).tools(tool);
    assertThat(translation.body().findValue("strict")).isNull();
    assertThat(translation.call().lines()).containsExactly("DROPPED tools[0].strict");
  }

  @Test
  void fieldsOfAFunctionThatConverseHasNoWordForAreReportedWhereTheyStand() {
    Extras vendor = new Extras(Map.of("vendor", new JsonText("1")));
    Tool tool = new Tool.Function("a", "", Optional.empty(), Optional.empty(), Extras.NONE, vendor);
    Translation.of(user("?"))
        .tools(tool)
        .gives(
            "toolConfig",
            "{'tools':[{'toolSpec':{'name':'a','inputSchema':{'json':{'type':'object','properties':{}}}}}]}",
            "DROPPED tools[0].function.vendor");
  }

  @Test
  void theChoiceIsSentInConversesWords() {
    assertChoice(new ToolChoice.Auto(), "{\"auto\":{}}");
    assertChoice(new ToolChoice.Required(), "{\"any\":{}}");
    assertChoice(new ToolChoice.Named("a b"), "{\"tool\":{\"name\":\"a_b_inyilnm91\"}}");
    assertChoice(new ToolChoice.Other(new JsonText("{\"any\":{}}")), "{\"any\":{}}");
    assertChoice(
        new ToolChoice.Other(new JsonText("{\"tool\":{\"name\":\"a b\"}}")),
        "{\"tool\":{\"name\":\"a_b_inyilnm91\"}}");
  }

  private static void assertChoice(ToolChoice choice, String expected) {
    Translation translation = Translation.of(user("?")).tools(function("a b")).choice(choice);
    assertThat(translation.body().path("toolConfig").path("toolChoice")).hasToString(expected);
    assertThat(translation.call().lines()).containsExactly("CHANGED tools[0].name");
  }

  @Test
  void aChoiceThatTheModelRefusesIsReported() {
    Translation llama =
        Translation.of(user("?"))
            .model(LLAMA)
            .tools(function("a"))
            .choice(new ToolChoice.Required());
    assertThat(llama.body().path("toolConfig").has("toolChoice")).isFalse();
    assertThat(llama.call().lines()).containsExactly("DROPPED tool_choice");
    Translation mistral =
        Translation.of(user("?"))
            .model(MISTRAL)
            .tools(function("a"))
            .choice(new ToolChoice.Named("a"));
    assertThat(mistral.body().path("toolConfig").path("toolChoice")).hasToString("{\"any\":{}}");
    assertThat(mistral.call().lines()).containsExactly("CHANGED tool_choice");
  }

  @Test
  void aChoiceOfAToolThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () ->
                Translation.of(user("?"))
                    .tools(function("a"))
                    .choice(new ToolChoice.Named("b"))
                    .encode())
        .isInstanceOf(BackendException.class)
        .hasMessage("tool_choice: The request has no tool with the name 'b'.");
  }

  @Test
  void aChoiceWithoutToolsIsReported() {
    Translation.of(user("?"))
        .choice(new ToolChoice.Required())
        .gives("messages", "[{'role':'user','content':[{'text':'?'}]}]", "DROPPED tool_choice");
  }

  @Test
  void callsAreForbiddenByHidingTheTools() {
    Translation translation =
        Translation.of(user("?")).tools(function("a")).choice(new ToolChoice.None());
    assertThat(translation.body().has("toolConfig")).isFalse();
    assertThat(translation.call().lines()).containsExactly("DROPPED tools");
  }

  @Test
  void callsCannotBeForbiddenOnceThereWereSome() {
    Translation translation =
        Translation.of(CALLED).tools(function("weather")).choice(new ToolChoice.None());
    assertThat(translation.body().path("toolConfig").path("tools")).hasSize(1);
    assertThat(translation.body().path("toolConfig").has("toolChoice")).isFalse();
    assertThat(translation.call().lines()).containsExactly("DROPPED tool_choice");
  }

  @Test
  void toolsThatOnlyTheHistoryHasAreDeclaredByName() {
    Translation.of(CALLED)
        .gives(
            "toolConfig",
            """
            {'tools':[{'toolSpec':{'name':'weather',
              'inputSchema':{'json':{'type':'object','properties':{}}}}}]}
            """,
            "CHANGED tools");
  }

  @Test
  void llamaIsNotAskedForAStreamWithTools() {
    assertThat(Translation.of(user("?")).model(LLAMA).streamed().encode().streamed()).isTrue();
    Translation withTools = Translation.of(user("?")).model(LLAMA).tools(function("a")).streamed();
    assertThat(withTools.encode().streamed()).isFalse();
    assertThat(Translation.of(user("?")).tools(function("a")).streamed().encode().streamed())
        .isTrue();
  }
}
