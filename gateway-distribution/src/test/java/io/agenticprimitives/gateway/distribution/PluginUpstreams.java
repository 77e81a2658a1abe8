package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// Servers that play every upstream of the distribution's plugins: OpenAI's dialect with and
/// without TLS, Bedrock, and AWS's token service. The model's name says what comes: a good answer,
/// one that goes on, one that is cut, or a refusal.
final class PluginUpstreams implements AutoCloseable {
  private static final String FRAMES = "application/vnd.amazon.eventstream";
  private static final String TOKENS = "aws.endpointUrlSts";

  private final ScriptedUpstream openAi = ScriptedUpstream.start();
  private final ScriptedUpstream openAiTls = ScriptedUpstream.startTls();
  private final ScriptedUpstream bedrock = ScriptedUpstream.start();
  private final ScriptedUpstream tokens = ScriptedUpstream.start();

  private PluginUpstreams() {}

  static PluginUpstreams start(Path directory) throws IOException {
    PluginUpstreams upstreams = new PluginUpstreams();
    upstreams.openAi.onRequest(PluginUpstreams::openAi);
    upstreams.openAiTls.onRequest(PluginUpstreams::openAi);
    upstreams.bedrock.onRequest(PluginUpstreams::bedrock);
    upstreams.tokens.onRequest(_ -> Script.bytes(200, "text/xml", utf8(ROLE_KEYS)));
    Path credentials =
        Files.writeString(
            directory.resolve("credentials"),
            "[default]\naws_access_key_id = AKIAMACHINE\naws_secret_access_key = machine\n");
    System.setProperty(TOKENS, upstreams.tokens.uri().toString());
    System.setProperty("aws.sharedCredentialsFile", credentials.toString());
    System.setProperty("aws.configFile", directory.resolve("none").toString());
    System.setProperty("aws.disableEc2Metadata", "true");
    return upstreams;
  }

  /// A backend for each way in which the plugin reaches servers of OpenAI's dialect.
  String openAiConfig() {
    return """
    providers:
      llm:
        default: openai
        backends:
          openai: {backend: openai-compatible, config: {base_url: "%s"}}
          openai-tls:
            backend: openai-compatible
            config: {base_url: "%s", ca_certificate: "%s"}
    """
        .formatted(openAi.uri(), openAiTls.uri(), openAiTls.certificatePem());
  }

  /// A backend for each way in which the plugin gets its credentials for Bedrock.
  String bedrockConfig() {
    return """
    allow_server_credentials: fallback
    providers:
      llm:
        default: bedrock
        backends:
          bedrock:
            backend: bedrock
            config:
                  endpoint_url: "%1$s"
                  access_key_id: AKIAX
                  secret_access_key: secret
                  remote_images: {allow: true}
          bedrock-api-key: {backend: bedrock, config: {endpoint_url: "%1$s", api_key: ABSKkey}}
          bedrock-machine: {backend: bedrock, config: {endpoint_url: "%1$s"}}
          bedrock-role:
            backend: bedrock
            config:
              endpoint_url: "%1$s"
              access_key_id: AKIAX
              secret_access_key: secret
              role_arn: "arn:aws:iam::123456789012:role/gateway"
    """
        .formatted(bedrock.uri());
  }

  private static Script openAi(RecordedRequest request) {
    if (request.path().endsWith("/models")) {
      return Script.json(200, "{\"data\":[{\"id\":\"m\",\"owned_by\":{\"name\":\"x\"}}]}");
    }
    String delta =
        "{\"model\":\"m\",\"vendor\":{\"a\":[1]},\"choices\":[{\"index\":0,\"delta\":"
            + "{\"content\":\"Hello\",\"note\":{\"b\":2}}}]}";
    String body = request.bodyText();
    if (body.contains("\"refused\"")) {
      return Script.json(429, "{\"error\":{\"message\":\"Too many\"}}");
    }
    if (body.contains("\"endless\"")) {
      return Script.sseUnfinished(delta).then(new Step.Stall());
    }
    if (body.contains("\"cut\"")) {
      return Script.sseUnfinished(delta).then(new Step.Reset());
    }
    return body.contains("\"stream\":true")
        ? Script.sse(
            delta,
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
            "[DONE]")
        : Script.json(
            200,
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
                + "\"finish_reason\":\"stop\"}]}");
  }

  private static Script bedrock(RecordedRequest request) {
    String path = request.path();
    if (path.startsWith("/foundation-models")) {
      return Script.json(
          200,
          "{\"modelSummaries\":[{\"modelId\":\"m\",\"outputModalities\":[\"TEXT\"],"
              + "\"inferenceTypesSupported\":[\"ON_DEMAND\"]}]}");
    }
    if (path.startsWith("/inference-profiles")) {
      return Script.json(200, "{\"inferenceProfileSummaries\":[]}");
    }
    if (path.contains("refused")) {
      return Script.json(400, "{\"message\":\"No\"}")
          .withHeader("x-amzn-ErrorType", "ValidationException");
    }
    if (path.contains("converse-stream")) {
      return frames(path);
    }
    return Script.json(
        200,
        "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hello\"}]}},"
            + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1,\"outputTokens\":1}}");
  }

  private static Script frames(String path) {
    Step head = Step.Respond.chunked(200, FRAMES);
    Step text =
        new Step.Send(
            join(
                frame("messageStart", "{\"role\":\"assistant\"}"),
                frame("contentBlockDelta", "{\"delta\":{\"text\":\"Hello\"}}")));
    if (path.contains("endless")) {
      return Script.of(head, text, new Step.Stall());
    }
    if (path.contains("cut")) {
      return Script.of(head, text, new Step.Reset());
    }
    byte[] end =
        join(
            frame("messageStop", "{\"stopReason\":\"end_turn\"}"),
            frame(
                "metadata",
                "{\"metrics\":{\"latencyMs\":1},\"usage\":{\"inputTokens\":1,\"outputTokens\":1}}"));
    return Script.of(head, text, new Step.Send(end), new Step.EndChunks());
  }

  /// A message in AWS's event stream encoding.
  private static byte[] frame(String type, String payload) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":message-type", "event");
    header(headers, ":event-type", type);
    byte[] body = utf8(payload);
    ByteBuffer frame = ByteBuffer.allocate(16 + headers.size() + body.length);
    frame.putInt(frame.capacity()).putInt(headers.size()).putInt(checksum(frame.array(), 8));
    frame.put(headers.toByteArray()).put(body);
    frame.putInt(checksum(frame.array(), frame.capacity() - 4));
    return frame.array();
  }

  private static void header(ByteArrayOutputStream headers, String name, String value) {
    headers.write(name.length());
    headers.writeBytes(utf8(name));
    headers.write(7);
    headers.write(0);
    headers.write(value.length());
    headers.writeBytes(utf8(value));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.clearProperty(TOKENS);
    openAi.close();
    openAiTls.close();
    bedrock.close();
    tokens.close();
  }

  private static final String ROLE_KEYS =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleResult>
          <Credentials>
            <AccessKeyId>ASIAROLE</AccessKeyId>
            <SecretAccessKey>role-secret</SecretAccessKey>
            <SessionToken>role-token</SessionToken>
            <Expiration>2099-01-01T00:00:00Z</Expiration>
          </Credentials>
        </AssumeRoleResult>
      </AssumeRoleResponse>
      """;
}
