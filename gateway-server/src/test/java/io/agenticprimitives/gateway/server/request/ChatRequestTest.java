package io.agenticprimitives.gateway.server.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fields that only requests in OpenAI's dialect have.
class ChatRequestTest {
  private static final String FUNCTIONS =
      "\"functions\":[{\"name\":\"f\",\"parameters\":{\"a\":1}}]";
  private static final String TOOLS =
      "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\"}}]";

  private static ChatRequest read(String... fields) {
    String body = "{\"messages\":[]" + (fields.length == 0 ? "" : ",") + String.join(",", fields);
    return CompletionRequestReader.readChat((body + "}").getBytes(UTF_8));
  }

  private static Map<String, JsonText> extras(String... fields) {
    return read(fields).request().extras().fields();
  }

  @Test
  void theBodySaysWhetherTheAnswerIsStreamed() {
    assertThat(read().request().delivery()).isEqualTo(Delivery.WHOLE);
    assertThat(read("\"stream\":false").request().delivery()).isEqualTo(Delivery.WHOLE);
    assertThat(read("\"stream\":null").request().delivery()).isEqualTo(Delivery.WHOLE);
    assertThat(read("\"stream\":true").request().delivery()).isEqualTo(Delivery.STREAMED);
  }

  @Test
  void usageIsWantedIfTheCallerSaysSo() {
    assertThat(read().wantsUsage()).isFalse();
    assertThat(read("\"stream_options\":null").wantsUsage()).isFalse();
    assertThat(read("\"stream_options\":{}").wantsUsage()).isFalse();
    assertThat(read("\"stream_options\":{\"include_usage\":null}").wantsUsage()).isFalse();
    assertThat(read("\"stream_options\":{\"include_usage\":false}").wantsUsage()).isFalse();
    assertThat(read("\"stream_options\":{\"include_usage\":true}").wantsUsage()).isTrue();
  }

  @Test
  void optionsOfTheStreamThatTheGatewayDoesNotKnowAreForTheUpstream() {
    assertThat(
            extras(
                "\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":true,\"x\":[1]}"))
        .containsExactly(Map.entry("stream_options", new JsonText("{\"x\":[1]}")));
    assertThat(extras("\"stream_options\":{\"include_usage\":true}")).isEmpty();
  }

  @Test
  void metadataIsForTheUpstream() {
    assertThat(extras("\"metadata\":{\"order\":\"7\"}"))
        .containsExactly(Map.entry("metadata", new JsonText("{\"order\":\"7\"}")));
    assertThat(extras("\"metadata\":null")).isEmpty();
  }

  @Test
  void unknownFieldsAreForTheUpstreamDigitForDigit() {
    assertThat(extras("\"vendor\":{\"price\":1.10,\"n\":null}", "\"n\":2", "\"logprobs\":true"))
        .containsExactly(
            Map.entry("vendor", new JsonText("{\"price\":1.10,\"n\":null}")),
            Map.entry("n", new JsonText("2")),
            Map.entry("logprobs", new JsonText("true")));
  }

  @Test
  void functionsAreToolsOfWhichOneIsCalledAtATime() {
    ChatRequest chat = read(FUNCTIONS, "\"function_call\":\"auto\"");
    CompletionRequest request = chat.request();
    assertThat(chat.functions()).isTrue();
    assertThat(request.tools())
        .singleElement()
        .isInstanceOfSatisfying(
            Tool.Function.class,
            function -> {
              assertThat(function.name()).isEqualTo("f");
              assertThat(function.inputSchema()).contains(new JsonText("{\"a\":1}"));
            });
    assertThat(request.toolChoice()).contains(new ToolChoice.Auto());
    assertThat(request.sampling().parallelToolCalls()).contains(false);
    assertThat(request.extras().fields()).isEmpty();
  }

  @Test
  void fieldsOfAToolAndOfItsFunctionAreKeptApart() {
    CompletionRequest request =
        read("\"tools\":[{\"type\":\"function\",\"a\":1,\"function\":{\"name\":\"f\",\"strict\":null,\"b\":2}}]")
            .request();
    assertThat(request.tools())
        .singleElement()
        .isInstanceOfSatisfying(
            Tool.Function.class,
            function -> {
              assertThat(function.extras().fields())
                  .containsExactly(Map.entry("a", new JsonText("1")));
              assertThat(function.functionExtras().fields())
                  .containsExactly(Map.entry("b", new JsonText("2")));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"\"none\"|None", "\"auto\"|Auto", "{\"name\":\"f\"}|Named"})
  void functionCallIsAToolChoice(String written, String kind) {
    ToolChoice choice =
        read(FUNCTIONS, "\"function_call\":" + written).request().toolChoice().orElseThrow();
    assertThat(choice.getClass().getSimpleName()).isEqualTo(kind);
    if (choice instanceof ToolChoice.Named named) {
      assertThat(named.name()).isEqualTo("f");
    }
  }

  @Test
  void whatTheCallerSaysOfParallelCallsStands() {
    assertThat(
            read(FUNCTIONS, "\"parallel_tool_calls\":true")
                .request()
                .sampling()
                .parallelToolCalls())
        .contains(true);
  }

  @Test
  void theOlderFormBesideTheNewerIsLeftToTheUpstream() {
    ChatRequest chat = read(FUNCTIONS, "\"function_call\":\"auto\"", TOOLS);
    assertThat(chat.functions()).isFalse();
    assertThat(chat.request().tools()).hasSize(1);
    assertThat(chat.request().toolChoice()).isEmpty();
    assertThat(chat.request().sampling().parallelToolCalls()).isEmpty();
    assertThat(chat.request().extras().fields())
        .containsEntry("functions", new JsonText("[{\"name\":\"f\",\"parameters\":{\"a\":1}}]"))
        .containsEntry("function_call", new JsonText("\"auto\""));
  }

  @Test
  void aToolChoiceBesideFunctionsStandsAndTheOlderFormIsLeftToTheUpstream() {
    ChatRequest chat = read(FUNCTIONS, "\"function_call\":\"auto\"", "\"tool_choice\":\"none\"");
    assertThat(chat.functions()).isTrue();
    assertThat(chat.request().toolChoice()).contains(new ToolChoice.None());
    assertThat(chat.request().extras().fields())
        .containsExactly(Map.entry("function_call", new JsonText("\"auto\"")));
  }

  @Test
  void nullIsNothing() {
    ChatRequest chat = read("\"functions\":null", "\"function_call\":null", "\"tools\":null");
    assertThat(chat.functions()).isFalse();
    assertThat(chat.request().tools()).isEmpty();
    assertThat(chat.request().extras().fields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"stream\":\"yes\"|bool_type [body, stream]",
        "\"stream\":1|bool_type [body, stream]",
        "\"stream_options\":true|dict_type [body, stream_options]",
        "\"stream_options\":{\"include_usage\":1}|bool_type [body, stream_options, include_usage]",
        "\"metadata\":\"x\"|dict_type [body, metadata]",
        "\"functions\":{}|list_type [body, functions]",
        "\"functions\":[1]|dict_type [body, functions, 0]",
        "\"functions\":[{}]|missing [body, functions, 0, name]",
        "\"function_call\":{}|missing [body, function_call, name]",
        "\"function_call\":5|missing [body, function_call, name]",
      })
  void whatIsWrongIsTold(String field, String fault) {
    RequestFaultsException thrown =
        catchThrowableOfType(RequestFaultsException.class, () -> read(field));
    assertThat(thrown.faults())
        .singleElement()
        .satisfies(told -> assertThat(told.type() + " " + told.loc()).isEqualTo(fault));
  }

  @Test
  void garbageIsRefusedOrReadButNeverThrowsAnythingElse() {
    Random random = new Random(20261124);
    byte[] good =
        ("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true},\"metadata\":{},"
                + FUNCTIONS
                + ",\"function_call\":{\"name\":\"f\"}}")
            .getBytes(UTF_8);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = good.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        body[random.nextInt(body.length)] = (byte) "{}[]\",:nul01 ".charAt(random.nextInt(13));
      }
      try {
        CompletionRequestReader.readChat(body);
      } catch (RequestFaultsException faults) {
        refused++;
        assertThat(faults.faults()).isNotEmpty();
      }
    }
    assertThat(refused).isBetween(1_000, 19_900);
  }
}
