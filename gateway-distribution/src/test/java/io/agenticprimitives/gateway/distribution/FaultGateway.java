package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One gateway in front of upstreams that fail in the way which the question names, so that any
/// number of calls can fail at the same time, each in its way. Each backend has a route of its own
/// on which a healthy one is asked next.
final class FaultGateway implements AutoCloseable {
  /// For several of the longest answers at once; what becomes of them without is another test's.
  private static final Map<String, String> ROOM = Map.of("GATEWAY_JAVA_OPTS", "-Xmx1536m");

  static final String KEY = "sk-canary-1234567890abcdef";
  static final String SECRET = "secret/of+canary";
  static final String HEALTHY = "healthy";

  /// What the healthy backend says.
  static final String GOOD = "Good";

  private static final String KEY_ID = "AKIACANARY1234567890";
  private static final String MODEL = "amazon.nova-lite-v1:0";
  private static final Pattern QUESTION = Pattern.compile("fault \\[(.*?)]\"");
  private static final Pattern ATTEMPTS = Pattern.compile(" attempts=(?:\"([^\"]*)\"|(\\S+))");
  private static final Pattern OUTCOME = Pattern.compile(" outcome=(\\S+)");

  private final Map<String, Fault> faults;
  private final ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(this::answer);
  private final ScriptedUpstream tls = ScriptedUpstream.startTls();
  private final ScriptedBedrock bedrock = new ScriptedBedrock();
  private final AtomicInteger count = new AtomicInteger();
  private final Lock oneLargeAnswer = new ReentrantLock();
  private final GatewayProcess gateway;

  /// How a caller asks.
  record Asking(boolean stream, boolean fallback, boolean chat) {}

  /// What a caller heard, and what the gateway wrote into its log about it.
  ///
  /// @param attempts without times; empty if the first one went well
  record Seen(Heard heard, String outcome, String attempts) {
    /// `X-Gateway-Attempts`, without times.
    String attemptsHeader() {
      return withoutTimes(heard.header("X-Gateway-Attempts"));
    }
  }

  FaultGateway(Path directory, List<Fault> faults) throws IOException {
    this.faults = faults.stream().collect(Collectors.toMap(Fault::id, Function.identity()));
    bedrock.caller(KEY_ID, SECRET, "", this::faulty);
    gateway = GatewayProcess.startWith(ROOM, directory, configuration());
  }

  private String configuration() {
    String none = "http://no-such-host.invalid";
    String refused = "http://127.0.0.1:" + ScriptedUpstream.refusedPort();
    String hurried = ", timeouts: {first_event: 1s, total: 2s}";
    String impatient = ", timeouts: {idle: 500ms}";
    String healthy = upstream.uri("/healthy").toString();
    return """
    providers:
      llm:
        default: healthy
        backends:
    """
        + openAi(HEALTHY, healthy, "")
        + openAi("faulty", upstream.uri().toString(), "")
        + openAi("hurried", upstream.uri().toString(), hurried)
        + openAi("impatient", upstream.uri().toString(), impatient)
        + openAi("refused", refused, "")
        + openAi("unknown-host", none, "")
        + openAi("untrusted", tls.uri().toString(), "")
        + openAi("no-tls", "https://127.0.0.1:" + upstream.port(), "")
        + bedrock("bedrock", bedrock.uri().toString(), "")
        + bedrock("bedrock-hurried", bedrock.uri().toString(), hurried)
        + bedrock("bedrock-impatient", bedrock.uri().toString(), impatient)
        + bedrock("bedrock-refused", refused, "")
        + bedrock("bedrock-unknown-host", none, "")
        + "    routes:\n"
        + faults.values().stream()
            .map(Fault::backend)
            .distinct()
            .map(this::route)
            .collect(Collectors.joining());
  }

  private static String openAi(String name, String url, String more) {
    return backend(
        name,
        "io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider",
        "base_url: \"%s\", api_key: \"%s\"".formatted(url, KEY),
        more);
  }

  private static String bedrock(String name, String url, String more) {
    return backend(
        name,
        ScriptedBedrock.PROVIDER,
        "endpoint_url: \"%s\", access_key_id: %s, secret_access_key: \"%s\""
            .formatted(url, KEY_ID, SECRET),
        more);
  }

  private static String backend(String name, String provider, String config, String more) {
    String once = ", retry: {max_attempts: 1}, circuit_breaker: {enabled: false}";
    return "      %s: {backend: %s, config: {%s}%s%s}\n"
        .formatted(name, provider, config, once, more);
  }

  private String route(String backend) {
    return "      %s: {targets: [{backend: %s, model: \"%s\"}, {backend: %s, model: \"%s\"}]}\n"
        .formatted(routeOf(backend), backend, MODEL, HEALTHY, MODEL);
  }

  private static String routeOf(String backend) {
    return backend + "-or-" + HEALTHY;
  }

  private Script answer(RecordedRequest request) {
    return request.path().startsWith("/healthy/") ? healthy(request) : faulty(request);
  }

  private static Script healthy(RecordedRequest request) {
    return isStream(request)
        ? Script.sse(good(OpenAIScripts.CHUNK), OpenAIScripts.FINISH, "[DONE]")
        : Script.json(200, good(OpenAIScripts.ANSWER));
  }

  private static String good(String answer) {
    return answer.replace(Fault.TEXT, GOOD);
  }

  private Script faulty(RecordedRequest request) {
    Matcher question = QUESTION.matcher(request.bodyText());
    Fault fault = question.find() ? faults.get(question.group(1)) : null;
    if (fault == null) {
      throw new IllegalStateException("No such fault: " + request.bodyText());
    }
    return isStream(request) ? fault.streamed() : fault.whole();
  }

  private static boolean isStream(RecordedRequest request) {
    return request.path().endsWith("/converse-stream")
        || request.bodyText().contains("\"stream\":true");
  }

  /// Asks for the fault.
  Seen ask(Fault fault, Asking asking) throws InterruptedException {
    String id = "fault-" + count.incrementAndGet();
    String model = asking.fallback() ? routeOf(fault.backend()) : fault.backend() + "/" + MODEL;
    String body =
        "{\"model\":\"%s\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"fault [%s]\"}]}"
            .formatted(model, asking.stream(), fault.id());
    Heard heard = fault.isLarge() ? hearAlone(asking, body, id) : hear(asking, body, id);
    String line = gateway.awaitOutput(" request_id=" + id + " ");
    return new Seen(heard, found(OUTCOME, line), withoutTimes(found(ATTEMPTS, line)));
  }

  private Heard hearAlone(Asking asking, String body, String id) {
    oneLargeAnswer.lock();
    try {
      return hear(asking, body, id);
    } finally {
      oneLargeAnswer.unlock();
    }
  }

  private Heard hear(Asking asking, String body, String id) {
    String path = "/v1/chat/completions";
    if (!asking.chat()) {
      path = "/api/v1/llm/completions" + (asking.stream() ? "/stream" : "");
    }
    ChatClient.Reply reply = WireClient.post(gateway.uri(), path, body, "X-Request-Id", id);
    if (asking.chat()) {
      return Heard.chat(reply);
    }
    return asking.stream() ? Heard.streamed(reply) : Heard.whole(reply);
  }

  private static String found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      return "";
    }
    String first = matcher.group(1);
    return first == null ? matcher.group(2) : first;
  }

  private static String withoutTimes(String attempts) {
    return attempts.replaceAll(";\\d+ms", "");
  }

  /// All that the gateway has printed.
  String output() {
    return gateway.output();
  }

  @Override
  public void close() {
    gateway.close();
    upstream.close();
    tls.close();
    bedrock.close();
  }
}
