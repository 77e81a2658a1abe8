package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signed and redacted reasoning of Bedrock goes back verbatim when a caller of OpenAI's dialect
/// sends the message that it got; and the caller's own key goes upstream where the operator chose
/// that, and nowhere else.
class ReasoningRoundTripTest {
  private static final String SIGNED =
      "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"Rome,"
          + " then.\",\"signature\":\"c2ln\"}}}";
  private static final String REDACTED =
      "{\"reasoningContent\":{\"redactedContent\":\"c2VjcmV0\"}}";
  private static final String CALL =
      "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"weather\",\"input\":{\"city\":\"Rome\"}}}";
  private static final String ANSWER =
      "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[%s]}},\"stopReason\":\"%s\","
          + "\"usage\":{\"inputTokens\":1,\"outputTokens\":1,\"totalTokens\":2}}";
  private static final String OPENAI_ANSWER =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}]}";

  private static ScriptedUpstream upstream;
  private static GatewayProcess gateway;
  private static ChatClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                default: bedrock
                backends:
                  bedrock:
                    backend: io.agenticprimitives.gateway.provider.bedrock.BedrockConverseProvider
                    config: {region: us-east-1, endpoint_url: "%1$s", api_key: key-of-bedrock,
                             default_model: anthropic.claude-sonnet-4-5-20250929-v1:0}
                  passing:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_url: "%1$s", api_key: key-of-backend}
                    pass_authorization: true
                  keeping:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_url: "%1$s", api_key: key-of-backend}
            """
                .formatted(upstream.uri()));
    client = new ChatClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
  }

  @Test
  void opaqueReasoningComesBackVerbatim() {
    upstream.enqueue(
        Script.json(200, ANSWER.formatted(SIGNED + "," + REDACTED + "," + CALL, "tool_use")),
        Script.json(200, ANSWER.formatted("{\"text\":\"Sunny.\"}", "end_turn")));
    ObjectNode request =
        (ObjectNode)
            NativeClient.json(
                """
                {"messages": [{"role": "user", "content": "Weather?"}],
                 "tools": [{"type": "function", "function": {"name": "weather",
                   "parameters": {"type": "object"}}}]}
                """);
    JsonNode message = client.chat(request.toString()).json().at("/choices/0/message");
    assertThat(message.path("reasoning_content").asText()).isEqualTo("Rome, then.");
    ArrayNode messages = (ArrayNode) request.path("messages");
    messages.add(message);
    messages.addObject().put("role", "tool").put("tool_call_id", "t1").put("content", "sun");

    ChatClient.Reply second = client.chat(request.toString());
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.header("X-Gateway-Adjustments")).isEmpty();
    upstream.takeRequest(Duration.ofSeconds(5));
    JsonNode sent = NativeClient.json(upstream.takeRequest(Duration.ofSeconds(5)).bodyText());
    JsonNode content = sent.at("/messages/1/content");
    assertThat(content.get(0)).isEqualTo(NativeClient.json(SIGNED));
    assertThat(content.get(1)).isEqualTo(NativeClient.json(REDACTED));
    assertThat(content.get(2)).isEqualTo(NativeClient.json(CALL));
    assertThat(content).hasSize(3);
  }

  @Test
  void theCallersKeyGoesUpstreamOnlyWhereTheOperatorChoseThat() {
    upstream.enqueue(Script.json(200, OPENAI_ANSWER), Script.json(200, OPENAI_ANSWER));
    String ask = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    String[] headers = {"Authorization", "Bearer key-of-caller", "X-Provider-LLM", "passing"};
    assertThat(client.chat(ask, headers).status()).isEqualTo(200);
    assertThat(upstream.takeRequest(Duration.ofSeconds(5)).headers("Authorization"))
        .containsExactly("Bearer key-of-caller");
    headers[3] = "keeping";
    assertThat(client.chat(ask, headers).status()).isEqualTo(200);
    assertThat(upstream.takeRequest(Duration.ofSeconds(5)).headers("Authorization"))
        .containsExactly("Bearer key-of-backend");
  }
}
