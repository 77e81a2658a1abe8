package interop.java;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the suites for Java have in common: how scenarios run, what they ask, how results are told.
final class Harness {
  static final String BACKEND = System.getenv("INTEROP_BACKEND");
  static final String BASE_URL = System.getenv("INTEROP_BASE_URL");
  static final String KEY = System.getenv("INTEROP_KEY");
  static final String PLAIN_MODEL = System.getenv("INTEROP_MODEL");
  static final String MODEL = BACKEND + "/" + PLAIN_MODEL;
  static final String PICTURE = picture();
  static final String PICTURE_SEEN = "I see a PNG of 3x2 with checksum f667d6e9.";
  static final String WEATHER_QUESTION = "What is the weather in Paris and Rome?";
  static final String WEATHER_ANSWER = "The tools said: sunny in Paris; sunny in Rome.";

  private static final int TIMEOUT_SECONDS = 120;
  private static final int ABORT_ROUNDS = 5;
  private static final double ABORT_LIMIT_MILLIS = 100;
  private static final int CROWD = 200;
  private static final Pattern NUMBER = Pattern.compile("(?:millis|attempts)\": ([\\d.]+)");
  private static final HttpClient CONTROL = HttpClient.newHttpClient();

  /// @return a detail for the table, or nothing
  interface Scenario {
    String run() throws Exception;
  }

  /// A call that can be given up.
  interface Abortable {
    /// Makes a call with a text and returns at once.
    ///
    /// @return gives it up
    Runnable start(String text) throws Exception;
  }

  /// A streamed call with a text; returns the text of the answer.
  interface Streamed {
    String ask(String text) throws Exception;
  }

  /// A scenario that an SDK has no way to do.
  static final class Skip extends RuntimeException {
    Skip(String reason) {
      super(reason);
    }
  }

  private Harness() {}

  private static String picture() {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(System.getenv("INTEROP_PICTURE")));
      return Base64.getEncoder().encodeToString(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// What the fake's model answers to plain words.
  static String echo(String words) {
    return "You said: " + words + " — 你好 🙂.";
  }

  static String faulty(String fault) {
    return "Fail, please. [do:" + fault + "]";
  }

  static String newTag() {
    return UUID.randomUUID().toString();
  }

  static void check(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  static void checkEqual(Object actual, Object expected, String what) {
    check(expected.equals(actual), what + ": expected " + expected + ", was " + actual);
  }

  static <E extends Throwable> E raised(Class<E> type, Callable<?> action) {
    Object result;
    try {
      result = action.call();
    } catch (Throwable error) {
      check(type.isInstance(error), "another error: " + error);
      return type.cast(error);
    }
    throw new AssertionError("no error was raised, but this came: " + result);
  }

  private static String control(String what, String tag) throws Exception {
    URI address = URI.create(System.getenv("INTEROP_CONTROL_URL") + "/" + what + "?tag=" + tag);
    return CONTROL
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static double number(String reply) {
    Matcher number = NUMBER.matcher(reply);
    check(number.find(), "no number: " + reply);
    return Double.parseDouble(number.group(1));
  }

  static int attempts(String tag) throws Exception {
    return (int) number(control("attempts", tag));
  }

  /// Gives up calls and measures until the fake upstream sees its connection closed.
  ///
  /// @param how what the upstream does meanwhile: endless, silent or waiting
  static String abortTimes(String how, Abortable call) throws Exception {
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < ABORT_ROUNDS; round++) {
      String tag = newTag();
      Runnable abort = call.start("Speak. [do:" + how + "] [tag:" + tag + "]");
      check(control("await", tag).contains("true"), "the call did not reach the upstream");
      control("mark", tag);
      abort.run();
      String closed = control("closed", tag);
      check(closed.contains("true"), "the upstream connection was not closed");
      times.add(number(closed));
    }
    times.sort(null);
    double median = times.get(times.size() / 2);
    String text = "closed after " + median + " ms, at most " + times.get(times.size() - 1) + " ms";
    check(median < ABORT_LIMIT_MILLIS, text);
    return text;
  }

  /// Opens many streams; the upstream lets none of them end before all are open.
  static String crowd(Streamed call) throws Exception {
    String name = newTag();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> members = new ArrayList<>();
    for (int index = 0; index < CROWD; index++) {
      String words = "I am number " + index + ".";
      String text = words + " [do:crowd] [size:" + CROWD + "] [tag:" + name + "-" + index + "]";
      members.add(
          threads.submit(
              () -> {
                checkEqual(call.ask(text), echo(words), "stream");
                return words;
              }));
    }
    for (Future<?> member : members) {
      member.get();
    }
    threads.shutdown();
    return "";
  }

  /// Runs the scenarios of one SDK, one after the other, as far as they are wanted.
  static void run(String sdk, String version, Map<String, Scenario> scenarios) throws Exception {
    if (!Pattern.compile(System.getenv("INTEROP_ONLY")).matcher(sdk).find()) {
      return;
    }
    Pattern wanted = Pattern.compile(System.getenv("INTEROP_SCENARIO"));
    for (Map.Entry<String, Scenario> scenario : scenarios.entrySet()) {
      if (wanted.matcher(scenario.getKey()).find()) {
        String outcome = outcome(scenario.getValue()).replaceAll("[\\s&&[^\t]]+", " ");
        String line = String.join("\t", sdk, version, BACKEND, scenario.getKey(), outcome);
        Path results = Path.of(System.getenv("INTEROP_RESULTS"));
        Files.writeString(results, line + "\n", StandardOpenOption.APPEND);
        System.err.println(
            "  " + outcome.replaceFirst("\t", " " + sdk + " " + scenario.getKey() + " "));
      }
    }
  }

  private static String outcome(Scenario scenario) throws InterruptedException {
    FutureTask<String> task = new FutureTask<>(scenario::run);
    Thread thread = new Thread(task, "scenario");
    thread.setDaemon(true);
    thread.start();
    try {
      return "pass\t" + task.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      return "fail\tit hung";
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      return cause instanceof Skip ? "skip\t" + cause.getMessage() : "fail\t" + cause;
    }
  }
}
