package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// One gateway in front of a server of OpenAI's dialect and a server in the place of Bedrock.
/// Callers choose by one header. Each conversation has keys of its own, by which the servers know
/// what to say in it.
final class BothBackends implements AutoCloseable {
  static final List<String> NAMES = List.of("openai", "bedrock");
  static final String MODEL = "amazon.nova-lite-v1:0";

  private final Map<String, Conversation> atOpenAi = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ScriptedUpstream openAi = ScriptedUpstream.start().onRequest(this::answer);
  private final ScriptedBedrock bedrock = new ScriptedBedrock();
  private final GatewayProcess gateway;
  private final NativeClient client;

  private BothBackends(Path directory) throws IOException {
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                default: openai
                backends:
                  openai:
                    backend: agentic_primitives_gateway.primitives.llm.openai_compatible.OpenAICompatibleProvider
                    config: {base_url: "%s", default_model: "%s"}
                  bedrock:
                    backend: %s
                    config: {region: us-east-1, endpoint_url: "%s", default_model: "%s"}
            """
                .formatted(openAi.uri(), MODEL, ScriptedBedrock.PROVIDER, bedrock.uri(), MODEL));
    client = new NativeClient(gateway.uri());
  }

  static BothBackends start(Path directory) throws IOException {
    return new BothBackends(directory);
  }

  /// What is said to one caller, and what was asked.
  ///
  /// @param headers choose the backend and carry the keys
  record Conversation(List<String> headers, List<Words> answers, List<RecordedRequest> requests) {
    Script next(RecordedRequest request) {
      requests.add(request);
      return answers.get(Math.min(requests.size(), answers.size()) - 1).answer(request);
    }
  }

  /// A conversation with a backend that says these things, one after the other.
  Conversation conversation(String backend, Words.Speech... answers) {
    String key = "AKIABOTH%06d".formatted(count.incrementAndGet());
    List<String> headers =
        List.of(
            "X-Provider-LLM",
            backend,
            "X-Cred-OpenAI-Api-Key",
            key,
            "X-AWS-Access-Key-Id",
            key,
            "X-AWS-Secret-Access-Key",
            "secret-of-both");
    List<Words> words = Stream.of(answers).map(answer -> words(backend, answer)).toList();
    Conversation conversation = new Conversation(headers, words, new CopyOnWriteArrayList<>());
    atOpenAi.put(key, conversation);
    bedrock.caller(key, "secret-of-both", "", conversation::next);
    return conversation;
  }

  private static Words words(String backend, Words.Speech answer) {
    return answer.in(backend.equals("bedrock") ? new ConverseWords() : new OpenAiWords());
  }

  HttpResponse<String> post(
      Conversation conversation, String path, String body, String... headers) {
    String[] all =
        Stream.concat(conversation.headers().stream(), Stream.of(headers)).toArray(String[]::new);
    return client.post(path, body, all);
  }

  private Script answer(RecordedRequest request) {
    String key = request.header("Authorization").orElse("").replace("Bearer ", "");
    Conversation conversation = atOpenAi.get(key);
    return conversation == null
        ? Script.json(401, "{\"error\":{\"message\":\"Incorrect API key provided\"}}")
        : conversation.next(request);
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    openAi.close();
    bedrock.close();
  }
}
