package interop.java;

import static interop.java.Harness.BASE_URL;
import static interop.java.Harness.KEY;
import static interop.java.Harness.MODEL;
import static interop.java.Harness.checkEqual;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/// Calls with the openai-java package.
final class OpenAICalls {
  final OpenAIClient client = client(KEY, 0);

  static OpenAIClient client(String key, int retries) {
    return OpenAIOkHttpClient.builder().baseUrl(BASE_URL).apiKey(key).maxRetries(retries).build();
  }

  static ChatCompletionCreateParams.Builder params() {
    return ChatCompletionCreateParams.builder().model(MODEL);
  }

  static ChatCompletionCreateParams asking(String text) {
    return params().addUserMessage(text).build();
  }

  ChatCompletion chat(String text) {
    return client.chat().completions().create(asking(text));
  }

  ChatCompletion streamed(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  String streamedText(String text) {
    ChatCompletion answer = streamed(asking(text));
    checkEqual(answer.choices().get(0).finishReason().asString(), "stop", "finish_reason");
    return text(answer);
  }

  static String text(ChatCompletion answer) {
    return answer.choices().get(0).message().content().orElse("");
  }
}
