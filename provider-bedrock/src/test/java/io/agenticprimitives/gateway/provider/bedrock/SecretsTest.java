package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// No credential shows in anything that a backend says, even if the upstream repeats all it got.
class SecretsTest {
  private static final String ID = "CANARYKEYID00001";
  private static final String SECRET = "canary-secret-access-key";
  private static final String TOKEN = "canary-session-token/+=";
  private static final String API_KEY = "canary-api-key";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(log);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static String heard(RecordedRequest request) {
    StringBuilder heard = new StringBuilder();
    request
        .headers()
        .forEach(
            header -> heard.append(header.name()).append(": ").append(header.value()).append(' '));
    // An upstream does not get the secret of a key; it could have it from elsewhere.
    boolean signed = request.header("X-Amz-Date").isPresent();
    return heard + (signed ? SECRET : "");
  }

  private static String message(RecordedRequest request) {
    return "{\"message\":" + ResponseJson.object().textNode(heard(request)) + "}";
  }

  private static List<Function<RecordedRequest, Script>> answers() {
    return List.of(
        request -> Script.json(400, message(request)),
        request -> Script.json(403, message(request)),
        request -> Script.json(500, heard(request)),
        request -> Script.json(200, message(request)),
        request -> Script.json(200, heard(request)),
        request ->
            Script.bytes(
                200,
                "application/vnd.amazon.eventstream",
                new Frames().exception("validationException", message(request)).bytes()),
        request ->
            Script.bytes(
                200,
                "application/vnd.amazon.eventstream",
                new Frames().start().error("x", heard(request)).bytes()),
        _ -> Script.of(new Step.Reset()));
  }

  private void collect(BedrockBackend backend, Caller caller) {
    for (Delivery delivery : Delivery.values()) {
      try (EventStream events = backend.stream(Setup.request("", delivery), caller)) {
        said.add(events.toString());
        collect(Answer.of(events::next).failed());
      }
    }
    try {
      said.add(backend.models(caller).toString());
    } catch (BackendException failure) {
      collect(failure);
    }
    said.add(backend.health(caller).toString());
  }

  private void collect(BackendException failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    said.add(trace + failure.upstream().toString());
  }

  @Test
  void nothingThatIsSaidHoldsACredential() {
    Config keys = Config.at(URI.create("http://x"));
    for (Function<RecordedRequest, Script> answer : answers()) {
      try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(answer)) {
        Config base = Config.at(upstream.uri());
        Caller own =
            Caller.with(
                Map.of(
                    "aws/access_key_id", ID,
                    "aws/secret_access_key", SECRET,
                    "aws/session_token", TOKEN));
        try (BedrockBackend backend = Setup.backend(base, ServerCredentials.NEVER)) {
          collect(backend, own);
        }
        try (BedrockBackend backend =
            Setup.backend(base.withApiKey(API_KEY), ServerCredentials.NEVER)) {
          collect(backend, Caller.anonymous());
        }
      }
    }
    said.add(new Identity.Bearer(API_KEY).toString());
    said.add(keys.withApiKey(API_KEY).build().toString());
    log.list.forEach(event -> said.add(event.getFormattedMessage()));
    assertThat(said).hasSizeGreaterThan(60);
    for (String text : said) {
      assertThat(text).doesNotContain(ID, SECRET, TOKEN, API_KEY);
    }
    assertThat(String.join("\n", said)).contains("[secret removed]");
  }
}
