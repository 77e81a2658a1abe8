package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a request can have in it, one by one.
final class RequestParts {
  /// A picture of one transparent pixel.
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  /// The first bytes of any document of this kind.
  private static final String PDF = "JVBERi0xLjQKJWNvbnRyYWN0CiUlRU9GCg==";

  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

  private RequestParts() {}

  static List<Part> all() {
    List<Part> parts = new ArrayList<>();
    parts.add(
        Part.of("the model's name", Requests.asking().model("vendor-model-7"), "vendor-model-7"));
    parts.add(saying("the user's words", ContentBlock.Text.of("Marmalade"), "Marmalade"));
    addMedia(parts);
    addTools(parts);
    addForms(parts);
    addRest(parts);
    parts.addAll(SamplingParts.all());
    return parts;
  }

  private static Part saying(String name, ContentBlock block, String... marks) {
    return Part.of(name, Requests.of(List.of(Requests.user(text(), block))), marks);
  }

  private static ContentBlock text() {
    return ContentBlock.Text.of("See here");
  }

  private static MediaSource inline(String type, String base64) {
    return new MediaSource.Inline(type, base64);
  }

  private static void addMedia(List<Part> parts) {
    parts.add(
        media(
            Capability.IMAGES,
            "a picture",
            new ContentBlock.Image(inline("image/png", PNG), Extras.NONE),
            PNG));
    parts.add(
        media(
            Capability.DOCUMENTS,
            "a document",
            new ContentBlock.Document(inline("application/pdf", PDF), "paper.pdf", Extras.NONE),
            PDF));
    parts.add(
        media(
            Capability.AUDIO,
            "sound",
            new ContentBlock.Audio(inline("audio/wav", WAV), "wav", Extras.NONE),
            WAV));
    MediaSource elsewhere = new MediaSource.Url("https://pictures.example/marmalade.png");
    parts.add(
        saying(
            "a picture at an address",
            new ContentBlock.Image(elsewhere, Extras.NONE),
            "pictures.example/marmalade.png"));
    parts.add(
        saying(
            "a picture in the upstream's store",
            new ContentBlock.Image(new MediaSource.FileId("file-marmalade"), Extras.NONE),
            "file-marmalade"));
  }

  private static Part media(
      Capability capability, String name, ContentBlock block, String... marks) {
    return Part.needing(
        capability, name, Requests.of(List.of(Requests.user(text(), block))), marks);
  }

  private static void addTools(List<Part> parts) {
    parts.add(
        Part.needing(
            Capability.TOOLS,
            "a tool",
            Requests.asking().tools(Requests.WEATHER),
            "lookup_weather",
            "Knows-the-weather",
            "city_name"));
    parts.add(
        Part.needing(
            Capability.TOOLS,
            "a tool that must be called",
            Requests.asking()
                .tools(Requests.WEATHER)
                .choice(new ToolChoice.Named("lookup_weather"))));
    parts.add(
        Part.needing(
            Capability.TOOLS,
            "the result of a tool",
            Requests.of(
                    List.of(
                        Requests.user(text()),
                        Requests.assistant(
                            new ContentBlock.ToolUse(
                                "call_77",
                                "lookup_weather",
                                "{\"city_name\":\"Porto\"}",
                                Extras.NONE)),
                        new Message.Tool(
                            List.of(
                                new ContentBlock.ToolResult(
                                    "call_77",
                                    List.of(ContentBlock.Text.of("Drizzle")),
                                    false,
                                    Extras.NONE)),
                            Extras.NONE)))
                .tools(Requests.WEATHER),
            "call_77",
            "Porto",
            "Drizzle"));
    parts.add(
        Part.of(
            "a tool of another kind",
            Requests.asking()
                .tools(
                    new Tool.Other("web_marmalade", new JsonText("{\"type\":\"web_marmalade\"}"))),
            "web_marmalade"));
    parts.add(
        Part.of(
            "a tool choice of another kind",
            Requests.asking()
                .tools(Requests.WEATHER)
                .choice(new ToolChoice.Other(new JsonText("{\"type\":\"marmalade\"}"))),
            "marmalade"));
  }

  private static void addForms(List<Part> parts) {
    JsonText schema =
        new JsonText(
            "{\"type\":\"object\",\"properties\":{\"fruit_name\":{\"type\":\"string\"}},"
                + "\"required\":[\"fruit_name\"],\"additionalProperties\":false}");
    parts.add(
        Part.needing(
            Capability.JSON_SCHEMA,
            "a schema for the answer",
            Requests.asking()
                .format(
                    new ResponseFormat.JsonSchema(
                        "fruit", "", Optional.of(schema), Optional.of(true), Extras.NONE)),
            "fruit_name"));
    parts.add(
        Part.of(
            "the wish for JSON",
            Requests.asking().format(new ResponseFormat.JsonObject()),
            "json_object"));
    parts.add(
        Part.of(
            "a form of another kind",
            Requests.asking()
                .format(new ResponseFormat.Other(new JsonText("{\"type\":\"marmalade\"}"))),
            "marmalade"));
  }

  private static void addRest(List<Part> parts) {
    parts.add(
        saying(
            "a part of another kind",
            new ContentBlock.Other(
                "video_url", new JsonText("{\"type\":\"video_url\",\"video_url\":\"marmalade\"}")),
            "marmalade"));
    parts.add(
        Part.of(
            "a turn under another role",
            Requests.of(
                List.of(
                    Requests.user(text()),
                    new Message.Other(
                        "critic", List.of(ContentBlock.Text.of("Marmalade")), Extras.NONE))),
            "Marmalade"));
    parts.add(
        Part.of(
            "earlier reasoning",
            Requests.of(
                List.of(
                    Requests.user(text()),
                    Requests.assistant(
                        new ContentBlock.Reasoning("Marmalade", Optional.empty(), Extras.NONE),
                        ContentBlock.Text.of("Yes")),
                    Requests.user(text()))),
            "Marmalade"));
    parts.add(
        Part.of(
            "an earlier refusal",
            Requests.of(
                List.of(
                    Requests.user(text()),
                    Requests.assistant(new ContentBlock.Refusal("Marmalade", Extras.NONE)),
                    Requests.user(text()))),
            "Marmalade"));
    parts.add(
        Part.of(
            "a field that nobody knows",
            Requests.asking()
                .extras(new Extras(Map.of("x_marmalade", new JsonText("{\"deep\":4711}")))),
            "x_marmalade",
            "4711"));
  }
}
