package interop.java;

import static interop.java.Harness.KEY;
import static interop.java.Harness.check;
import static interop.java.Harness.checkEqual;
import static interop.java.Harness.echo;
import static interop.java.Harness.faulty;
import static interop.java.Harness.raised;
import static interop.java.OpenAICalls.asking;
import static interop.java.OpenAICalls.text;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import java.util.List;
import java.util.Map;

/// What goes wrong, seen with the openai-java package.
final class OpenAIFailures {
  private final OpenAICalls calls;

  OpenAIFailures(OpenAICalls calls) {
    this.calls = calls;
  }

  void addTo(Map<String, Harness.Scenario> all) {
    all.put("error-400", () -> error("400", BadRequestException.class));
    all.put("error-404", () -> error("404", NotFoundException.class));
    all.put("error-429", () -> error("429", RateLimitException.class));
    all.put("error-500", () -> error("500", InternalServerException.class));
    all.put("error-drop", () -> error("drop", InternalServerException.class));
    all.put("error-401", this::stranger);
    all.put("error-context", this::tooLong);
    all.put("retry", this::retry);
    for (String fault : List.of("error", "cut", "drop")) {
      all.put("stream-" + fault, () -> brokenStream("stream-" + fault));
    }
    all.put("abort-endless", () -> Harness.abortTimes("endless", this::interruptedStream));
    all.put("abort-silent", () -> Harness.abortTimes("silent", this::interruptedStream));
    all.put("abort-waiting", () -> Harness.abortTimes("waiting", this::interruptedStream));
    all.put("abort-whole", () -> Harness.abortTimes("waiting", this::interruptedCall));
  }

  private String error(String name, Class<? extends OpenAIServiceException> type) {
    OpenAIServiceException error = raised(type, () -> calls.chat(faulty("error-" + name)));
    raised(type, () -> calls.streamedText(faulty("error-" + name)));
    if (name.equals("429")) {
      checkEqual(error.headers().values("retry-after"), List.of("1"), "Retry-After");
    }
    if (name.equals("400")) {
      check(error.getMessage().contains("knob"), error.getMessage());
    }
    return "";
  }

  private String stranger() {
    OpenAIClient stranger = OpenAICalls.client("wrong", 0);
    raised(
        UnauthorizedException.class, () -> stranger.chat().completions().create(asking("Hello.")));
    return "";
  }

  private String tooLong() {
    BadRequestException error =
        raised(BadRequestException.class, () -> calls.chat(faulty("error-context")));
    checkEqual(error.code().orElse(""), "context_length_exceeded", "code");
    return "";
  }

  private String retry() throws Exception {
    String tag = Harness.newTag();
    ChatCompletion answer =
        OpenAICalls.client(KEY, 2)
            .chat()
            .completions()
            .create(asking("Hi. [do:retry-429] [tag:" + tag + "]"));
    checkEqual(text(answer), echo("Hi."), "content");
    checkEqual(Harness.attempts(tag), 2, "requests upstream");
    return "";
  }

  private String brokenStream(String fault) {
    return raised(OpenAIException.class, () -> calls.streamedText(faulty(fault))).toString();
  }

  private Runnable interruptedStream(String text) {
    return interrupted(() -> calls.streamedText(text));
  }

  private Runnable interruptedCall(String text) {
    return interrupted(() -> calls.chat(text));
  }

  /// A blocked call on a virtual thread ends when that is interrupted. Closing a stream of this SDK
  /// waits for its reader, or breaks on it, while nothing comes.
  private static Runnable interrupted(Runnable call) {
    Thread thread = Thread.ofVirtual().uncaughtExceptionHandler((one, stopped) -> {}).start(call);
    return thread::interrupt;
  }
}
