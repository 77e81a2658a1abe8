package io.agenticprimitives.gateway.server.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agenticprimitives.gateway.api.llm.Delivery;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with a body is told in the words of the original project, all of it at once.
class FaultsTest {

  private static List<RequestFault> faults(byte[] body) {
    RequestFaultsException thrown =
        catchThrowableOfType(
            RequestFaultsException.class, () -> CompletionRequestReader.read(body, Delivery.WHOLE));
    assertThat(thrown).as("no fault in %s", new String(body, UTF_8)).isNotNull();
    return thrown.faults();
  }

  private static List<RequestFault> faults(String body) {
    return faults(body.getBytes(UTF_8));
  }

  private static String line(RequestFault fault) {
    return fault.type() + " " + fault.loc() + " " + fault.msg();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}|missing [body, messages] Field required
          []|model_attributes_type [body] Input should be a valid dictionary or object to extract fields from
          "x"|model_attributes_type [body] Input should be a valid dictionary or object to extract fields from
          {"messages":"x"}|list_type [body, messages] Input should be a valid list
          {"messages":null}|list_type [body, messages] Input should be a valid list
          {"messages":["x"]}|dict_type [body, messages, 0] Input should be a valid dictionary
          {"messages":[],"temperature":[]}|float_type [body, temperature] Input should be a valid number
          {"messages":[],"temperature":true}|float_type [body, temperature] Input should be a valid number
          {"messages":[],"temperature":"hot"}|float_parsing [body, temperature] Input should be a valid number, unable to parse string as a number
          {"messages":[],"temperature":"NaN"}|float_parsing [body, temperature] Input should be a valid number, unable to parse string as a number
          {"messages":[],"max_tokens":1.5}|int_from_float [body, max_tokens] Input should be a valid integer, got a number with a fractional part
          {"messages":[],"max_tokens":"many"}|int_parsing [body, max_tokens] Input should be a valid integer, unable to parse string as an integer
          {"messages":[],"max_tokens":{}}|int_type [body, max_tokens] Input should be a valid integer
          {"messages":[],"max_tokens":3000000000}|int_parsing_size [body, max_tokens] Input should be a valid integer that is not so large
          {"messages":[],"seed":1e400}|int_parsing_size [body, seed] Input should be a valid integer that is not so large
          {"messages":[],"seed":1e2147483647}|int_parsing_size [body, seed] Input should be a valid integer that is not so large
          {"messages":[],"system":1}|string_type [body, system] Input should be a valid string
          {"messages":[],"model":null}|string_type [body, model] Input should be a valid string
          {"messages":[],"metadata":"x"}|dict_type [body, metadata] Input should be a valid dictionary
          {"messages":[],"tools":{}}|list_type [body, tools] Input should be a valid list
          {"messages":[],"tools":[1]}|dict_type [body, tools, 0] Input should be a valid dictionary
          {"messages":[],"tools":[{"description":"x","input_schema":{}}]}|missing [body, tools, 0, name] Field required
          {"messages":[],"tools":[{"type":"function","function":{}}]}|missing [body, tools, 0, function, name] Field required
          {"messages":[],"stop":["a",1]}|string_type [body, stop, 1] Input should be a valid string
          {"messages":[],"parallel_tool_calls":"no"}|bool_type [body, parallel_tool_calls] Input should be a valid boolean
          {"messages":[],"response_format":"json"}|dict_type [body, response_format] Input should be a valid dictionary
          {"messages":[{"role":1}]}|string_type [body, messages, 0, role] Input should be a valid string
          {"messages":[{"content":1}]}|string_type [body, messages, 0, content] Input should be a valid string
          {"messages":[{"content":[1]}]}|dict_type [body, messages, 0, content, 0] Input should be a valid dictionary
          {"messages":[{"content":[{"type":"text"}]}]}|missing [body, messages, 0, content, 0, text] Field required
          {"messages":[{"tool_results":{}}]}|list_type [body, messages, 0, tool_results] Input should be a valid list
          {"messages":[{"tool_results":[{"content":"x"}]}]}|missing [body, messages, 0, tool_results, 0, tool_use_id] Field required
          {"messages":[{"tool_result":{}}]}|missing [body, messages, 0, tool_result, tool_use_id] Field required
          {"messages":[{"role":"tool","content":"x"}]}|missing [body, messages, 0, tool_call_id] Field required
          {"messages":[{"role":"assistant","tool_calls":[{"id":"a"}]}]}|missing [body, messages, 0, tool_calls, 0, name] Field required
          {"messages":[{"role":"assistant","tool_calls":[{"name":"a"}]}]}|missing [body, messages, 0, tool_calls, 0, id] Field required
          {"messages":[{"role":"assistant","tool_calls":"x"}]}|list_type [body, messages, 0, tool_calls] Input should be a valid list
          """)
  void aFaultSaysWhatAndWhere(String body, String expected) {
    assertThat(faults(body)).extracting(FaultsTest::line).containsExactly(expected);
  }

  @Test
  void aToolChoiceOfAWrongTypeIsTwoFaults() {
    assertThat(faults("{\"messages\":[],\"tool_choice\":5}"))
        .extracting(FaultsTest::line)
        .containsExactly(
            "string_type [body, tool_choice, str] Input should be a valid string",
            "dict_type [body, tool_choice, dict[str,any]] Input should be a valid dictionary");
  }

  @Test
  void allFaultsAreToldInTheOrderOfTheFields() {
    List<RequestFault> faults =
        faults("{\"system\":1,\"temperature\":\"x\",\"messages\":5,\"model\":null}");
    assertThat(faults)
        .extracting(fault -> fault.loc().get(1))
        .containsExactly("model", "messages", "temperature", "system");
  }

  @Test
  void anEmptyBodyIsMissing() {
    assertThat(faults(""))
        .extracting(FaultsTest::line)
        .containsExactly("missing [body] Field required");
    assertThat(faults("").getFirst().input().text()).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Hello|0
          {"messages":[|13
          {"messages":[]} x|16
          {"messages":[],"messages":[]}|25
          {'messages':[]}|1
          """)
  void whatIsNotJsonSaysWhere(String body, int offset) {
    RequestFault fault = faults(body).getFirst();
    assertThat(fault.type()).isEqualTo("json_invalid");
    assertThat(fault.loc()).containsExactly("body", offset);
    assertThat(fault.msg()).isEqualTo("JSON decode error");
    assertThat(fault.input().text()).isEqualTo("{}");
    assertThat(fault.ctx().orElseThrow().text())
        .startsWith("{\"error\":\"")
        .doesNotContain("StreamReadConstraints", "com.fasterxml", "[Source");
  }

  @Test
  void whatIsTooDeepOrTooMuchIsSaid() {
    String deep = "{\"messages\":[],\"x\":" + "[".repeat(100_000);
    assertThat(faults(deep).getFirst().ctx().orElseThrow().text())
        .isEqualTo("{\"error\":\"Nested deeper than 200\"}");
    String many = "{\"messages\":[" + "{},".repeat(150_000) + "{}]}";
    assertThat(faults(many))
        .extracting(FaultsTest::line)
        .containsExactly("too_long [body, messages] List should have at most 100000 items");
    String wrong = "{\"messages\":[" + "1,".repeat(50_000) + "1]}";
    assertThat(faults(wrong)).hasSize(100);
  }

  @Test
  void inputIsEchoedInShort() {
    String body = "{\"messages\":[],\"temperature\":\"" + "x".repeat(1_000_000) + "\"}";
    assertThat(faults(body).getFirst().input().text()).hasSizeLessThan(1_100);
  }

  @Test
  void bytesThatAreNotUtf8AreNotGuessed() {
    byte[] body = "{\"messages\":[{\"content\":\"\u00ff\u00c0\"}]}".getBytes(ISO_8859_1);
    assertThat(faults(body).getFirst().type()).isEqualTo("json_invalid");
  }

  @Test
  void otherEncodingsAreNotGuessedEither() {
    for (Charset other : List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32BE"))) {
      assertThat(faults("{}".getBytes(other)).getFirst().type()).isEqualTo("json_invalid");
    }
    byte[] noCharacter = {0, 0, 0, ' ', 'a', 'l', 'l', 'x'};
    assertThat(faults(noCharacter).getFirst().type()).isEqualTo("json_invalid");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheBody() {
    RequestFault fault = faults("\uFEFF{}").getFirst();
    assertThat(line(fault)).isEqualTo("missing [body, messages] Field required");
    assertThat(fault.input().text()).isEqualTo("{}");
    assertThat(faults("\uFEFF\uFEFF{}").getFirst().type()).isEqualTo("json_invalid");
  }

  @Test
  void aNumberWhoseExponentIsOutOfAllBoundsIsNotRead() {
    RequestFault fault = faults("{\"messages\":[],\"x\":-1e99999999999}").getFirst();
    assertThat(fault.type()).isEqualTo("json_invalid");
    assertThat(fault.ctx().orElseThrow().text()).isEqualTo("{\"error\":\"Number out of range\"}");
  }

  @Test
  void whateverComesIsARequestOrAFault() {
    String valid =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},"
            + "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"aa\"}}}]},{\"role\":\"assistant\","
            + "\"tool_calls\":[{\"id\":\"a\",\"name\":\"b\",\"input\":{}}],\"reasoning_blocks\":[{}]},"
            + "{\"tool_results\":[{\"tool_use_id\":\"a\",\"content\":{\"json\":1}}]}],\"tools\":[{\"toolSpec\":"
            + "{\"name\":\"b\",\"inputSchema\":{\"json\":{}}}}],\"tool_choice\":{\"any\":{}},\"stop\":\"x\"}";
    Random random = new Random(3);
    String pieces = "{}[]\",:0aeltrusnf\\ ";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder mutated = new StringBuilder(valid);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(mutated.length());
        int until = Math.min(mutated.length(), at + random.nextInt(6));
        String with =
            random.nextBoolean() ? "" : pieces.charAt(random.nextInt(pieces.length())) + "";
        mutated.replace(at, until, with);
      }
      try {
        CompletionRequestReader.read(mutated.toString().getBytes(UTF_8), Delivery.WHOLE);
      } catch (RequestFaultsException told) {
        assertThat(told.faults()).isNotEmpty();
      }
    }
  }
}
