package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.distribution.CutStream.Ending;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Wherever a stream breaks off, the caller is told a finish only if the upstream had sent it, what
/// was told before is the beginning of the answer, and else the end is one error.
///
/// By default this cuts the shortest recording of each kind of server, those of a kilobyte after
/// each of their bytes. `-Dcut.all=true` cuts all recordings, which takes some twenty minutes.
class CutAtEveryByteTest {
  private static final boolean ALL = Boolean.getBoolean("cut.all");

  /// Longer streams are cut so many times, at equal distances.
  private static final int MOST_CUTS = ALL ? 4000 : 120;

  /// Streams that are not longer are cut after each byte.
  private static final int SHORT = ALL ? MOST_CUTS : 1040;

  private static final int AT_ONCE = 24;
  private static final String KEY_ID = "AKIACUT0000000000000";
  private static final String SECRET = "secret/of+cuts";
  private static final Pattern MODEL = Pattern.compile("cut-(\\d+)-(\\d+)-([A-Z_]+)");

  static final List<CutStream> STREAMS = streams();

  private static ScriptedUpstream openAi;
  private static ScriptedBedrock bedrock;
  private static GatewayProcess gateway;

  private static List<CutStream> streams() {
    Set<String> servers = new HashSet<>();
    return Stream.of("chat-completions", "converse-stream")
        .flatMap(endpoint -> CorpusCase.all(endpoint).stream())
        .filter(recorded -> recorded.meta().path("stream").asBoolean())
        .filter(recorded -> recorded.meta().path("status").asInt() == 200)
        .sorted(Comparator.comparingInt(recorded -> recorded.body().length))
        .filter(recorded -> ALL || servers.add(recorded.name().split("/", 2)[0]))
        .map(CutStream::of)
        .toList();
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    openAi = ScriptedUpstream.start().onRequest(CutAtEveryByteTest::answer);
    bedrock = new ScriptedBedrock();
    bedrock.caller(KEY_ID, SECRET, "", CutAtEveryByteTest::answer);
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            log_level: warn
            providers:
              llm:
                default: openai
                backends:
                  openai:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_url: "%s"}
                    retry: {max_attempts: 1}
                    circuit_breaker: {enabled: false}
                  bedrock:
                    backend: %s
                    config: {endpoint_url: "%s", access_key_id: %s, secret_access_key: "%s"}
                    retry: {max_attempts: 1}
                    circuit_breaker: {enabled: false}
            """
                .formatted(openAi.uri(), ScriptedBedrock.PROVIDER, bedrock.uri(), KEY_ID, SECRET));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    openAi.close();
    bedrock.close();
  }

  /// The model that is asked for says which stream is cut where.
  private static Script answer(RecordedRequest request) {
    Matcher model = MODEL.matcher(request.target() + request.bodyText());
    if (!model.find()) {
      throw new IllegalStateException("No such cut: " + request.bodyText());
    }
    CutStream stream = STREAMS.get(Integer.parseInt(model.group(1)));
    return stream.cut(Integer.parseInt(model.group(2)), Ending.valueOf(model.group(3)));
  }

  @ParameterizedTest
  @FieldSource("STREAMS")
  void aFinishIsToldOnlyIfItCame(CutStream stream) throws Exception {
    int length = stream.body().size();
    String text = hear(stream, length, Ending.LAST_CHUNK, false).text();
    assertThat(hear(stream, length, Ending.LAST_CHUNK, true).text()).isEqualTo(text);
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<?>> cuts = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      int step = length <= SHORT ? 1 : length / MOST_CUTS;
      for (int i = 0; i * step <= length; i++) {
        int number = i;
        places.acquire();
        cuts.add(
            callers.submit(
                () -> {
                  try {
                    assertTruth(stream, number, number * step, text);
                  } finally {
                    places.release();
                  }
                }));
      }
    }
    for (Future<?> cut : cuts) {
      cut.get();
    }
  }

  /// All endings have their turn; the two routes get different ones.
  private static void assertTruth(CutStream stream, int number, int cut, String text) {
    Ending[] endings = Ending.values();
    for (boolean chat : new boolean[] {true, false}) {
      Ending ending = endings[(number + (chat ? 1 : 0)) % endings.length];
      String what = "%s after %d bytes, %s, chat %b".formatted(stream, cut, ending, chat);
      Heard heard = hear(stream, cut, ending, chat);
      assertThat(text).as(what).startsWith(heard.text());
      if (heard.isComplete()) {
        assertThat(cut).as(what).isGreaterThanOrEqualTo(stream.mayFinish());
      } else {
        assertThat(heard.message()).as(what).isNotBlank();
        // A reset may overtake bytes that were sent before it.
        assertThat(ending == Ending.RESET || cut < stream.mustFinish()).as(what).isTrue();
      }
    }
  }

  private static Heard hear(CutStream stream, int cut, Ending ending, boolean chat) {
    String backend = stream.recorded().isFrames() ? "bedrock" : "openai";
    String body =
        "{\"model\":\"%s/cut-%d-%d-%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
            .formatted(backend, STREAMS.indexOf(stream), cut, ending);
    return chat
        ? Heard.chat(WireClient.post(gateway.uri(), "/v1/chat/completions", body))
        : Heard.streamed(WireClient.post(gateway.uri(), "/api/v1/llm/completions/stream", body));
  }
}
