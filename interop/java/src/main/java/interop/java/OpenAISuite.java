package interop.java;

import static interop.java.Harness.BACKEND;
import static interop.java.Harness.MODEL;
import static interop.java.Harness.PLAIN_MODEL;
import static interop.java.Harness.check;
import static interop.java.Harness.checkEqual;
import static interop.java.Harness.echo;
import static interop.java.Harness.raised;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
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

  private final OpenAICalls calls = new OpenAICalls();

  Map<String, Harness.Scenario> scenarios() {
    Map<String, Harness.Scenario> all = new LinkedHashMap<>();
    all.put("chat", this::plain);
    all.put("header", this::header);
    all.put("stream", this::stream);
    all.put("tools", () -> tools(params -> calls.client.chat().completions().create(params)));
    all.put("tools-stream", () -> tools(calls::streamed));
    all.put("structured", this::structured);
    all.put("vision", this::vision);
    all.put("models", this::models);
    all.put("embeddings", this::embeddings);
    new OpenAIFailures(calls).addTo(all);
    all.put("crowd", () -> Harness.crowd(calls::streamedText));
    return all;
  }

  private String plain() {
    ChatCompletion answer =
        calls
            .client
            .chat()
            .completions()
            .create(
                OpenAICalls.params()
                    .addDeveloperMessage("Be kind.")
                    .addUserMessage("Hello.")
                    .temperature(0.5)
                    .maxCompletionTokens(99)
                    .build());
    checkEqual(OpenAICalls.text(answer), echo("Hello.") + " I was told: Be kind.", "content");
    checkEqual(answer.choices().get(0).finishReason().asString(), "stop", "finish_reason");
    checkEqual(answer.usage().orElseThrow().totalTokens(), 30L, "usage");
    return "";
  }

  private String header() {
    ChatCompletion answer =
        calls
            .client
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder()
                    .model(PLAIN_MODEL)
                    .addUserMessage("Hello.")
                    .putAdditionalHeader("X-Provider-LLM", BACKEND)
                    .build());
    checkEqual(OpenAICalls.text(answer), echo("Hello."), "content");
    return "";
  }

  private String stream() {
    checkEqual(calls.streamedText("Hello."), echo("Hello."), "content");
    ChatCompletionStreamOptions options =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    ChatCompletion answer =
        calls.streamed(
            OpenAICalls.params().addUserMessage("Hello.").streamOptions(options).build());
    checkEqual(OpenAICalls.text(answer), echo("Hello."), "content with usage");
    checkEqual(answer.usage().orElseThrow().totalTokens(), 30L, "usage");
    return "";
  }

  /// The package has no loop of its own; it makes the tool of a class, and reads its arguments.
  private String tools(Function<ChatCompletionCreateParams, ChatCompletion> ask) {
    ChatCompletionCreateParams.Builder params =
        OpenAICalls.params().addUserMessage(Harness.WEATHER_QUESTION).addTool(GetWeather.class);
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
        calls
            .client
            .chat()
            .completions()
            .create(
                OpenAICalls.params()
                    .addUserMessage("Describe a place.")
                    .responseFormat(Place.class)
                    .build())
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
        OpenAICalls.params().addUserMessageOfArrayOfContentParts(List.of(words, picture)).build();
    checkEqual(
        OpenAICalls.text(calls.client.chat().completions().create(params)),
        Harness.PICTURE_SEEN,
        "content");
    return "";
  }

  private String models() {
    List<String> ids = calls.client.models().list().items().stream().map(Model::id).toList();
    // The models of the default backend are listed without its name.
    check(ids.contains(MODEL) || ids.contains(PLAIN_MODEL), "not in the list: " + ids);
    Model one = calls.client.models().retrieve(MODEL);
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
      raised(BadRequestException.class, () -> calls.client.embeddings().create(params));
      return "";
    }
    List<List<Float>> vectors =
        calls.client.embeddings().create(params).data().stream()
            .map(entry -> entry.embedding())
            .toList();
    checkEqual(
        vectors, List.of(List.of(3f, 0.5f, -1.25f, 0f), List.of(5f, 0.5f, -1.25f, 1f)), "vectors");
    return "";
  }
}
