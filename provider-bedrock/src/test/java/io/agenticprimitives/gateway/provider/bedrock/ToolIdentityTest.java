package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.MISTRAL;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.call;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.result;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.results;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of the ids and names of calls.
class ToolIdentityTest {
  private static final Message ASK = user("Weather?");
  private static final Message TWO_CALLS =
      assistant(call("c1", "weather", "{\"city\":\"A\"}"), call("c2", "weather", "{}"));

  private static Translation of(Message... messages) {
    return Translation.of(messages).tools(function("weather"));
  }

  @Test
  void idsThatConverseRefusesAreReplacedOnBothSides() {
    Translation translation =
        of(
            ASK,
            assistant(call("call/é 1", "weather", "{}")),
            results(result("call/é 1", text("x"))));
    JsonNode messages = translation.body().path("messages");
    String id = messages.findValue("toolUse").path("toolUseId").asText();
    assertThat(id).matches("call_[a-z0-9]{9}");
    assertThat(messages.findValue("toolResult").path("toolUseId").asText()).isEqualTo(id);
    assertThat(translation.call().lines()).containsExactly("CHANGED messages[1].content[0].id");
  }

  @Test
  void anIdThatIsUsedTwiceIsReplacedTheSecondTime() {
    Message call = assistant(call("call_0", "weather", "{}"));
    Message answer = results(result("call_0", text("x")));
    JsonNode messages = of(ASK, call, answer, call, answer).body().path("messages");
    List<String> ids = messages.findValuesAsText("toolUseId");
    assertThat(ids).hasSize(4).startsWith("call_0", "call_0");
    assertThat(ids.get(2)).isEqualTo(ids.get(3)).isNotEqualTo("call_0");
  }

  @Test
  void theOldestFormOfFunctionCallsIsPairedByOrder() {
    Message answer = new Message.Other("function", List.of(text("sun")), Extras.NONE);
    Translation translation = of(ASK, assistant(call("", "weather", "{}")), answer);
    JsonNode messages = translation.body().path("messages");
    assertThat(messages.findValue("toolResult").path("toolUseId"))
        .isEqualTo(messages.findValue("toolUse").path("toolUseId"));
    assertThat(translation.call().lines()).containsExactly("CHANGED messages[1].content[0].id");
  }

  @Test
  void mistralsIdsHaveNineLettersAndDigits() {
    Translation translation = of(ASK, TWO_CALLS, results(result("c2", text("b")))).model(MISTRAL);
    assertThat(translation.body().path("messages").findValuesAsText("toolUseId"))
        .hasSize(4)
        .allMatch(id -> id.matches("[a-z0-9]{9}"));
  }

  @Test
  void namesThatConverseRefusesAreReplacedEverywhereAndLeadBack() {
    String name = "mcp.server/" + "x".repeat(60);
    Translation translation =
        Translation.of(ASK, assistant(call("c1", name, "{}")), results(result("c1", text("x"))))
            .tools(function(name));
    ConverseRequest encoded = translation.encode();
    String upstream =
        translation.body().path("messages").findValue("toolUse").path("name").asText();
    assertThat(upstream).startsWith("mcp_server_xxx").hasSize(64);
    assertThat(translation.body().path("toolConfig").findValue("name").asText())
        .isEqualTo(upstream);
    assertThat(encoded.toolNames().fromUpstream(upstream)).isEqualTo(name);
    assertThat(translation.call().lines()).contains("CHANGED tools[0].name");
  }
}
