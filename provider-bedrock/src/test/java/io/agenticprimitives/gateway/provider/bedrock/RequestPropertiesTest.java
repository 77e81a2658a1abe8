package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What holds for every request, whatever a caller sends. A failure names its seed.
class RequestPropertiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CASES = 1000;

  /// One generated request and its translation.
  record Case(
      CompletionRequest request, Facts facts, RecordingCall call, ToolNames names, JsonNode sent) {

    static Case of(Random random) throws IOException {
      Facts facts = new Facts(random);
      CompletionRequest request = new RequestGenerator(facts).request();
      RecordingCall call = new RecordingCall(false);
      ConverseRequest encoded = encode(request, call);
      return new Case(request, facts, call, encoded.toolNames(), JSON.readTree(encoded.body()));
    }

    /// Whether anything was reported at the path, above it or below it.
    boolean isReported(String path) {
      return call.reports().stream()
          .map(RecordingCall.Report::path)
          .anyMatch(reported -> isUnder(reported, path) || isUnder(path, reported));
    }

    private static boolean isUnder(String path, String above) {
      String rest = path.startsWith(above) ? path.substring(above.length()) : " ";
      return rest.isEmpty() || rest.charAt(0) == '.' || rest.charAt(0) == '[';
    }
  }

  private static ConverseRequest encode(CompletionRequest request, RecordingCall call) {
    return new ConverseEncoder(ConverseSettings.NONE).encode(request, request.model(), call);
  }

  private static void forAll(Consumer<Case> property) throws IOException {
    for (long seed = 0; seed < CASES; seed++) {
      Case generated;
      try {
        generated = Case.of(new Random(seed));
        property.accept(generated);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("Seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }

  @Test
  void everyRequestKeepsTheRulesOfConverse() throws IOException {
    forAll(RequestPropertiesTest::keepsTheRules);
  }

  static void keepsTheRules(Case generated) {
    ModelTraits traits = ModelTraits.of(generated.request().model(), "");
    assertThat(ConverseValidator.violations(generated.sent(), traits)).isEmpty();
  }

  @Test
  void nothingIsLostWithoutAReport() throws IOException {
    forAll(RequestPropertiesTest::losesNothing);
  }

  static void losesNothing(Case generated) {
    List<String> texts = new ArrayList<>();
    texts(generated.sent(), texts);
    String all = String.join("\n", texts);
    boolean shortIds = ModelTraits.of(generated.request().model(), "").shortCallIds();
    for (Facts.Fact fact : generated.facts().facts()) {
      boolean renamed = shortIds && fact.path().endsWith(".id");
      assertThat(renamed || all.contains(fact.text()) || generated.isReported(fact.path()))
          .as("%s at %s", fact.text(), fact.path())
          .isTrue();
    }
  }

  private static void texts(JsonNode node, List<String> texts) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.fieldNames().forEachRemaining(texts::add);
    node.forEach(child -> texts(child, texts));
  }

  @Test
  void everyCachePointIsSentOrReported() throws IOException {
    forAll(
        generated -> {
          List<String> marked = new ArrayList<>(generated.facts().cachePoints());
          for (RecordingCall.Report report : generated.call().reports()) {
            boolean dropped = report.action() == RecordingCall.Action.DROPPED;
            if (dropped && report.path().equals("tools")) {
              marked.removeIf(path -> path.startsWith("tools["));
            } else if (dropped) {
              marked.remove(report.path());
            }
          }
          assertThat(generated.sent().findValues("cachePoint")).hasSameSizeAs(marked);
        });
  }

  @Test
  void everyResultStaysWithItsCall() throws IOException {
    forAll(
        generated -> {
          Map<String, String> calls = blocksByText(generated.sent(), "toolUse");
          Map<String, String> results = blocksByText(generated.sent(), "toolResult");
          for (Facts.Pair pair : generated.facts().pairs()) {
            String answered = find(results, pair.result());
            if (!answered.isEmpty()) {
              assertThat(answered).isEqualTo(find(calls, pair.call()));
            }
          }
        });
  }

  /// The ids of calls or results by the text of the whole block.
  private static Map<String, String> blocksByText(JsonNode request, String member) {
    Map<String, String> blocks = new LinkedHashMap<>();
    for (JsonNode block : request.path("messages").findValues(member)) {
      blocks.put(block.toString(), block.path("toolUseId").asText());
    }
    return blocks;
  }

  private static String find(Map<String, String> blocks, String text) {
    return blocks.entrySet().stream()
        .filter(block -> block.getKey().contains(text))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  @Test
  void everyToolNameLeadsBackToTheCallers() throws IOException {
    forAll(
        generated -> {
          for (JsonNode call : generated.sent().path("messages").findValues("toolUse")) {
            String upstream = call.path("name").asText();
            String caller = generated.names().fromUpstream(upstream);
            assertThat(HistoryGenerator.TOOL_NAMES).contains(caller);
            boolean reported =
                generated.call().reports().stream().anyMatch(r -> r.reason().contains(upstream));
            assertThat(caller.equals(upstream) || reported).isTrue();
          }
        });
  }

  @Test
  void strictCallersGetTheFirstReportAsARefusal() throws IOException {
    forAll(
        generated -> {
          RecordingCall strict = new RecordingCall(true);
          if (generated.call().reports().isEmpty()) {
            encode(generated.request(), strict);
          } else {
            assertThatThrownBy(() -> encode(generated.request(), strict))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith(generated.call().reports().getFirst().path());
          }
        });
  }

  @Test
  void aConversationThatGrowsKeepsItsBeginning() throws IOException {
    forAll(
        generated -> {
          CompletionRequest request = generated.request();
          Message last = request.messages().getLast();
          if (last instanceof Message.User || last instanceof Message.Tool) {
            JsonNode before = messages(request);
            JsonNode after = messages(grown(request));
            for (int i = 0; i < before.size(); i++) {
              assertThat(after.get(i)).isEqualTo(before.get(i));
            }
          }
        });
  }

  private static CompletionRequest grown(CompletionRequest request) {
    List<Message> messages = new ArrayList<>(request.messages());
    List<ContentBlock> said = List.of(ContentBlock.Text.of("More"));
    messages.add(new Message.Assistant(said, Extras.NONE));
    messages.add(new Message.User(said, Extras.NONE));
    return new CompletionRequest(
        request.model(),
        messages,
        request.tools(),
        request.toolChoice(),
        request.responseFormat(),
        Sampling.UNSET,
        request.delivery(),
        request.extras());
  }

  /// The messages that are sent, without cache points, which wander with the conversation.
  private static JsonNode messages(CompletionRequest request) {
    try {
      JsonNode messages =
          JSON.readTree(encode(request, new RecordingCall(false)).body()).path("messages");
      for (JsonNode message : messages) {
        Iterator<JsonNode> blocks = message.path("content").elements();
        while (blocks.hasNext()) {
          if (blocks.next().has("cachePoint")) {
            blocks.remove();
          }
        }
      }
      return messages;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
