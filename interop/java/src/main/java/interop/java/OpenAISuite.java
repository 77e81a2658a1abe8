package interop.java;

import static interop.java.Harness.BACKEND;
import static interop.java.Harness.BASE_URL;
import static interop.java.Harness.KEY;
import static interop.java.Harness.MODEL;
import static interop.java.Harness.PLAIN_MODEL;
import static interop.java.Harness.check;
import static interop.java.Harness.checkEqual;
import static interop.java.Harness.echo;
import static interop.java.Harness.faulty;
import static interop.java.Harness.raised;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The openai-java package.
final class OpenAISuite {
  @JsonClassDescription("The weather of a city")
  static class GetWeather {
    public String city;
  }

  static class Place {
    public String city;
    public int population;
    public List<String> tags;
  }

  private final OpenAIClient client = client(KEY, 0);

  private static OpenAIClient client(String key, int retries) {
    return OpenAIOkHttpClient.builder().baseUrl(BASE_URL).apiKey(key).maxRetries(retries).build();
  }

  private static ChatCompletionCreateParams.Builder params() {
    return ChatCompletionCreateParams.builder().model(MODEL);
  }

  private static ChatCompletionCreateParams asking(String text) {
    return params().addUserMessage(text).build();
  }

  private ChatCompletion chat(String text) {
    return client.chat().completions().create(asking(text));
  }

  private ChatCompletion streamed(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  private String streamedText(String text) {
    ChatCompletion answer = streamed(asking(text));
    checkEqual(answer.choices().get(0).finishReason().asString(), "stop", "finish_reason");
    return text(answer);
  }

  private static String text(ChatCompletion answer) {
    return answer.choices().get(0).message().content().orElse("");
  }

  Map<String, Harness.Scenario> scenarios() {
    Map<String, Harness.Scenario> all = new LinkedHashMap<>();
    all.put("chat", this::plain);
    all.put("header", this::header);
    all.put("stream", this::stream);
    all.put("tools", () -> tools(params -> client.chat().completions().create(params)));
    all.put("tools-stream", () -> tools(this::streamed));
    all.put("structured", this::structured);
    all.put("vision", this::vision);
    all.put("models", this::models);
    all.put("embeddings", this::embeddings);
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
    all.put("crowd", () -> Harness.crowd(this::streamedText));
    return all;
  }

  private String plain() {
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(
                params()
                    .addDeveloperMessage("Be kind.")
                    .addUserMessage("Hello.")
                    .temperature(0.5)
                    .maxCompletionTokens(99)
                    .build());
    checkEqual(text(answer), echo("Hello.") + " I was told: Be kind.", "content");
    checkEqual(answer.choices().get(0).finishReason().asString(), "stop", "finish_reason");
    checkEqual(answer.usage().orElseThrow().totalTokens(), 30L, "usage");
    return "";
  }

  private String header() {
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder()
                    .model(PLAIN_MODEL)
                    .addUserMessage("Hello.")
                    .putAdditionalHeader("X-Provider-LLM", BACKEND)
                    .build());
    checkEqual(text(answer), echo("Hello."), "content");
    return "";
  }

  private String stream() {
    checkEqual(streamedText("Hello."), echo("Hello."), "content");
    ChatCompletionStreamOptions options =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    ChatCompletion answer =
        streamed(params().addUserMessage("Hello.").streamOptions(options).build());
    checkEqual(text(answer), echo("Hello."), "content with usage");
    checkEqual(answer.usage().orElseThrow().totalTokens(), 30L, "usage");
    return "";
  }

  /// The package has no loop of its own; it makes the tool of a class, and reads its arguments.
  private String tools(Function<ChatCompletionCreateParams, ChatCompletion> ask) {
    ChatCompletionCreateParams.Builder params =
        params().addUserMessage(Harness.WEATHER_QUESTION).addTool(GetWeather.class);
    for (int turn = 0; turn < 3; turn++) {
      ChatCompletionMessage message = ask.apply(params.build()).choices().get(0).message();
      List<ChatCompletionMessageToolCall> calls = message.toolCalls().orElse(List.of());
      if (calls.isEmpty()) {
        checkEqual(message.content().orElse(""), Harness.WEATHER_ANSWER, "the answer");
        return "";
      }
      params.addMessage(message);
      for (ChatCompletionMessageToolCall call : calls) {
        ChatCompletionMessageFunctionToolCall function = call.asFunction();
        GetWeather arguments = function.function().arguments(GetWeather.class);
        params.addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(function.id())
                .content("sunny in " + arguments.city)
                .build());
      }
    }
    throw new AssertionError("the model never answered");
  }

  private String structured() {
    Place place =
        client
            .chat()
            .completions()
            .create(
                params().addUserMessage("Describe a place.").responseFormat(Place.class).build())
            .choices()
            .get(0)
            .message()
            .content()
            .orElseThrow();
    List<Object> parsed = List.of(place.city, place.population, place.tags.size());
    checkEqual(parsed, List.of("Paris", 7, 2), "content");
    return "";
  }

  private String vision() {
    ChatCompletionContentPart words =
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text("What is this?").build());
    ChatCompletionContentPartImage.ImageUrl url =
        ChatCompletionContentPartImage.ImageUrl.builder()
            .url("data:image/png;base64," + Harness.PICTURE)
            .build();
    ChatCompletionContentPart picture =
        ChatCompletionContentPart.ofImageUrl(
            ChatCompletionContentPartImage.builder().imageUrl(url).build());
    ChatCompletionCreateParams params =
        params().addUserMessageOfArrayOfContentParts(List.of(words, picture)).build();
    checkEqual(text(client.chat().completions().create(params)), Harness.PICTURE_SEEN, "content");
    return "";
  }

  private String models() {
    List<String> ids = client.models().list().items().stream().map(Model::id).toList();
    // The models of the default backend are listed without its name.
    check(ids.contains(MODEL) || ids.contains(PLAIN_MODEL), "not in the list: " + ids);
    Model one = client.models().retrieve(MODEL);
    check(one.id().equals(MODEL) || one.id().equals(PLAIN_MODEL), "id " + one.id());
    checkEqual(one.ownedBy(), BACKEND, "owned_by");
    return "";
  }

  private String embeddings() {
    EmbeddingCreateParams params =
        EmbeddingCreateParams.builder()
            .model(MODEL)
            .inputOfArrayOfStrings(List.of("one", "three"))
            .build();
    if (BACKEND.equals("bedrock")) {
      raised(BadRequestException.class, () -> client.embeddings().create(params));
      return "";
    }
    List<List<Float>> vectors =
        client.embeddings().create(params).data().stream().map(entry -> entry.embedding()).toList();
    checkEqual(
        vectors, List.of(List.of(3f, 0.5f, -1.25f, 0f), List.of(5f, 0.5f, -1.25f, 1f)), "vectors");
    return "";
  }

  private String error(String name, Class<? extends OpenAIServiceException> type) {
    OpenAIServiceException error = raised(type, () -> chat(faulty("error-" + name)));
    raised(type, () -> streamedText(faulty("error-" + name)));
    if (name.equals("429")) {
      checkEqual(error.headers().values("retry-after"), List.of("1"), "Retry-After");
    }
    if (name.equals("400")) {
      check(error.getMessage().contains("knob"), error.getMessage());
    }
    return "";
  }

  private String stranger() {
    OpenAIClient stranger = client("wrong", 0);
    raised(
        UnauthorizedException.class, () -> stranger.chat().completions().create(asking("Hello.")));
    return "";
  }

  private String tooLong() {
    BadRequestException error =
        raised(BadRequestException.class, () -> chat(faulty("error-context")));
    checkEqual(error.code().orElse(""), "context_length_exceeded", "code");
    return "";
  }

  private String retry() throws Exception {
    String tag = Harness.newTag();
    ChatCompletion answer =
        client(KEY, 2).chat().completions().create(asking("Hi. [do:retry-429] [tag:" + tag + "]"));
    checkEqual(text(answer), echo("Hi."), "content");
    checkEqual(Harness.attempts(tag), 2, "requests upstream");
    return "";
  }

  private String brokenStream(String fault) {
    return raised(OpenAIException.class, () -> streamedText(faulty(fault))).toString();
  }

  private Runnable interruptedStream(String text) {
    return interrupted(() -> streamedText(text));
  }

  private Runnable interruptedCall(String text) {
    return interrupted(() -> chat(text));
  }

  /// A blocked call on a virtual thread ends when that is interrupted. Closing a stream of this SDK
  /// waits for its reader, or breaks on it, while nothing comes.
  private static Runnable interrupted(Runnable call) {
    Thread thread = Thread.ofVirtual().uncaughtExceptionHandler((one, stopped) -> {}).start(call);
    return thread::interrupt;
  }
}
