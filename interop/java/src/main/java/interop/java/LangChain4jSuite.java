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

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// LangChain4j with its OpenAI models, and its AiServices.
final class LangChain4jSuite {
  record Place(String city, int population, List<String> tags) {}

  interface Assistant {
    String ask(String question);

    TokenStream stream(String question);
  }

  interface Describer {
    Place describe(String what);
  }

  static final class Weather {
    @Tool("The weather of a city")
    String getWeather(String city) {
      return "sunny in " + city;
    }
  }

  private static OpenAiChatModel.OpenAiChatModelBuilder chat() {
    return OpenAiChatModel.builder()
        .baseUrl(BASE_URL)
        .apiKey(KEY)
        .modelName(MODEL)
        .maxRetries(0)
        .temperature(0.5);
  }

  private final OpenAiChatModel model = chat().build();

  private final OpenAiStreamingChatModel streaming =
      OpenAiStreamingChatModel.builder().baseUrl(BASE_URL).apiKey(KEY).modelName(MODEL).build();

  private ChatResponse streamed(String text) throws Exception {
    StreamedAnswer answer = new StreamedAnswer();
    streaming.chat(text, answer);
    return answer.await();
  }

  private String streamedText(String text) throws Exception {
    ChatResponse answer = streamed(text);
    checkEqual(answer.finishReason(), FinishReason.STOP, "finishReason");
    return answer.aiMessage().text();
  }

  Map<String, Harness.Scenario> scenarios() {
    Map<String, Harness.Scenario> all = new LinkedHashMap<>();
    all.put("chat", this::plain);
    all.put("header", this::header);
    all.put("stream", this::stream);
    all.put("tools", this::tools);
    all.put("tools-stream", this::streamedTools);
    all.put("structured", this::structured);
    all.put("vision", this::vision);
    all.put("embeddings", this::embeddings);
    all.put("error-400", () -> error("400", InvalidRequestException.class));
    all.put("error-404", () -> error("404", ModelNotFoundException.class));
    all.put("error-429", () -> error("429", RateLimitException.class));
    all.put("error-500", () -> error("500", InternalServerException.class));
    all.put("error-drop", () -> error("drop", InternalServerException.class));
    all.put("error-401", this::stranger);
    all.put("retry", this::retry);
    for (String fault : List.of("error", "cut", "drop")) {
      all.put("stream-" + fault, () -> brokenStream("stream-" + fault));
    }
    all.put("abort-endless", () -> Harness.abortTimes("endless", this::cancelledStream));
    all.put("abort-silent", () -> Harness.abortTimes("silent", this::cancelledStream));
    all.put("abort-whole", () -> Harness.abortTimes("waiting", this::interruptedCall));
    all.put("crowd", () -> Harness.crowd(this::streamedText));
    return all;
  }

  private String plain() {
    ChatResponse answer = model.chat(SystemMessage.from("Be kind."), UserMessage.from("Hello."));
    checkEqual(answer.aiMessage().text(), echo("Hello.") + " I was told: Be kind.", "text");
    checkEqual(answer.finishReason(), FinishReason.STOP, "finishReason");
    checkEqual(answer.tokenUsage().totalTokenCount(), 30, "usage");
    return "";
  }

  private String header() {
    OpenAiChatModel other =
        chat().modelName(PLAIN_MODEL).customHeaders(Map.of("X-Provider-LLM", BACKEND)).build();
    checkEqual(other.chat("Hello."), echo("Hello."), "text");
    return "";
  }

  private String stream() throws Exception {
    StreamedAnswer answer = new StreamedAnswer();
    streaming.chat("Hello.", answer);
    ChatResponse whole = answer.await();
    checkEqual(whole.aiMessage().text(), echo("Hello."), "text");
    check(answer.pieces() > 3, "only " + answer.pieces() + " pieces");
    checkEqual(whole.tokenUsage().totalTokenCount(), 30, "usage");
    return "";
  }

  private String tools() {
    Assistant assistant =
        AiServices.builder(Assistant.class).chatModel(model).tools(new Weather()).build();
    checkEqual(assistant.ask(Harness.WEATHER_QUESTION), Harness.WEATHER_ANSWER, "the answer");
    return "";
  }

  private String streamedTools() throws Exception {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .streamingChatModel(streaming)
            .tools(new Weather())
            .build();
    StreamedAnswer answer = new StreamedAnswer();
    assistant.stream(Harness.WEATHER_QUESTION)
        .onPartialResponse(answer::onPartialResponse)
        .onCompleteResponse(answer::onCompleteResponse)
        .onError(answer::onError)
        .start();
    checkEqual(answer.await().aiMessage().text(), Harness.WEATHER_ANSWER, "the answer");
    return "";
  }

  private String structured() {
    OpenAiChatModel strict =
        chat()
            .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
            .strictJsonSchema(true)
            .build();
    Place place = AiServices.create(Describer.class, strict).describe("Describe a place.");
    List<Object> parsed = List.of(place.city(), place.population(), place.tags().size());
    checkEqual(parsed, List.of("Paris", 7, 2), "place");
    return "";
  }

  private String vision() {
    UserMessage message =
        UserMessage.from(
            TextContent.from("What is this?"), ImageContent.from(Harness.PICTURE, "image/png"));
    checkEqual(model.chat(message).aiMessage().text(), Harness.PICTURE_SEEN, "text");
    return "";
  }

  private String embeddings() {
    OpenAiEmbeddingModel embeddings =
        OpenAiEmbeddingModel.builder()
            .baseUrl(BASE_URL)
            .apiKey(KEY)
            .modelName(MODEL)
            .maxRetries(0)
            .build();
    List<TextSegment> texts = List.of(TextSegment.from("one"), TextSegment.from("three"));
    if (BACKEND.equals("bedrock")) {
      raised(InvalidRequestException.class, () -> embeddings.embedAll(texts));
      return "";
    }
    List<List<Float>> vectors =
        embeddings.embedAll(texts).content().stream().map(Embedding::vectorAsList).toList();
    checkEqual(
        vectors, List.of(List.of(3f, 0.5f, -1.25f, 0f), List.of(5f, 0.5f, -1.25f, 1f)), "vectors");
    return "";
  }

  private String error(String name, Class<? extends LangChain4jException> type) {
    LangChain4jException error = raised(type, () -> model.chat(faulty("error-" + name)));
    raised(type, () -> streamedText(faulty("error-" + name)));
    if (name.equals("400")) {
      check(error.getMessage().contains("knob"), error.getMessage());
    }
    return "";
  }

  private String stranger() {
    OpenAiChatModel stranger = chat().apiKey("wrong").build();
    raised(AuthenticationException.class, () -> stranger.chat("Hello."));
    return "";
  }

  private String retry() throws Exception {
    String tag = Harness.newTag();
    String text = chat().maxRetries(2).build().chat("Hi. [do:retry-429] [tag:" + tag + "]");
    checkEqual(text, echo("Hi."), "text");
    checkEqual(Harness.attempts(tag), 2, "requests upstream");
    return "";
  }

  private String brokenStream(String fault) {
    return raised(Exception.class, () -> streamedText(faulty(fault))).toString();
  }

  /// Its handle comes with the first piece, so there is none while nothing has come.
  private Runnable cancelledStream(String text) {
    StreamedAnswer answer = new StreamedAnswer();
    streaming.chat(text, answer);
    return answer::cancel;
  }

  private Runnable interruptedCall(String text) {
    Thread thread = new Thread(() -> model.chat(text));
    thread.setUncaughtExceptionHandler((one, stopped) -> {});
    thread.start();
    return thread::interrupt;
  }
}
