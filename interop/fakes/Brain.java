package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decides from the conversation what the model says; the same for both dialects.
final class Brain {
  private static final Pattern WEATHER =
      Pattern.compile("weather in (\\p{Lu}\\p{L}+)(?: and (\\p{Lu}\\p{L}+))?");

  Turn answer(Conversation conversation, Directives directives) {
    if (conversation.forced().isPresent()) {
      return call(conversation.forced().get(), List.of("Paris"));
    }
    if (!conversation.results().isEmpty()) {
      return say(
          "The tools said: " + String.join("; ", conversation.results()) + ".", conversation);
    }
    Matcher weather = WEATHER.matcher(directives.words());
    boolean asked = weather.find();
    if (asked && !conversation.tools().isEmpty()) {
      List<String> cities = new ArrayList<>(List.of(weather.group(1)));
      if (weather.group(2) != null) {
        cities.add(weather.group(2));
      }
      return call(conversation.tools().getFirst(), cities);
    }
    return say(words(conversation, directives), conversation);
  }

  private static String words(Conversation conversation, Directives directives) {
    if (!conversation.images().isEmpty()) {
      List<String> seen = conversation.images().stream().map(PngImage::describe).toList();
      return "I see " + String.join(" and ", seen) + ".";
    }
    String answer = "You said: " + directives.words() + " — 你好 🙂.";
    return conversation.system().isEmpty()
        ? answer
        : answer + " I was told: " + conversation.system();
  }

  /// If a form was asked for, the answer has that form.
  private static Turn say(String words, Conversation conversation) {
    String text =
        conversation
            .schema()
            .map(schema -> SchemaExample.of(schema, "Paris").toString())
            .orElse(words);
    return new Turn(text, List.of());
  }

  private static Turn call(Conversation.Tool tool, List<String> cities) {
    List<Turn.ToolCall> calls = new ArrayList<>();
    for (String city : cities) {
      JsonNode arguments = SchemaExample.of(tool.schema(), city);
      calls.add(new Turn.ToolCall(tool.name(), arguments));
    }
    return new Turn("", calls);
  }
}
