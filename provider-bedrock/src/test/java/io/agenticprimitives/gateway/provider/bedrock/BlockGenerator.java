package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes content blocks of every kind that Converse can be given one way or another.
record BlockGenerator(Facts facts) {

  /// @param path of the message
  List<ContentBlock> user(String path, int most) {
    return blocks(path, most, this::userBlock);
  }

  List<ContentBlock> assistant(String path, int most) {
    return blocks(path, most, this::assistantBlock);
  }

  /// @param path of the result
  List<ContentBlock> result(String path, int most) {
    return blocks(path, most, this::resultBlock);
  }

  private List<ContentBlock> blocks(
      String path, int most, Function<String, ContentBlock> generator) {
    List<ContentBlock> blocks = new ArrayList<>();
    int count = facts.random().nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      blocks.add(generator.apply(path + ".content[" + i + "]"));
    }
    return blocks;
  }

  private ContentBlock userBlock(String path) {
    return switch (facts.random().nextInt(14)) {
      case 0 -> image(path);
      case 1, 2 -> document(path);
      case 3 -> audio(path);
      case 4, 5 -> cachePoint(path);
      case 6 -> new ContentBlock.Json(json(path), Extras.NONE);
      case 7 -> reasoning(path);
      case 8 -> nativeBlock(path);
      case 9 -> new ContentBlock.Refusal(facts.at(path, "refusal"), Extras.NONE);
      default -> text(path);
    };
  }

  private ContentBlock assistantBlock(String path) {
    return switch (facts.random().nextInt(12)) {
      case 0 -> image(path);
      case 1 -> document(path);
      case 2, 3 -> cachePoint(path);
      // What is lost of it is reported once for the message.
      case 4, 5, 6 -> reasoning(path.substring(0, path.lastIndexOf(".content")) + ".reasoning");
      case 7 -> nativeBlock(path);
      case 8 -> other("unknown_part", "{\"x\":\"" + facts.at(path, "unknown") + "\"}");
      default -> text(path);
    };
  }

  private ContentBlock resultBlock(String path) {
    return switch (facts.random().nextInt(9)) {
      case 0 -> image(path);
      case 1 -> document(path);
      case 2, 3 -> new ContentBlock.Json(json(path), Extras.NONE);
      case 4 -> cachePoint(path);
      case 5 -> nativeBlock(path);
      default -> text(path);
    };
  }

  private ContentBlock text(String path) {
    if (facts.once(6)) {
      String blank = facts.pick(List.of("", " ", "\n\t ", "\u00a0", "\u2003\r\n"));
      if (!blank.isEmpty()) {
        facts.reported(path);
      }
      return new ContentBlock.Text(blank, extras(path));
    }
    String text = facts.at(path, "text") + facts.pick(List.of("", "", " \n", " \"é日😀\\"));
    return new ContentBlock.Text(text, extras(path));
  }

  /// A mark for the cache, or a field that nobody knows.
  private Extras extras(String path) {
    Map<String, JsonText> extras = new LinkedHashMap<>();
    if (facts.once(8)) {
      facts.cachePoints().add(path + ".cache_control");
      String ttl = facts.pick(List.of("", ",\"ttl\":\"5m\"", ",\"ttl\":\"1h\""));
      extras.put("cache_control", new JsonText("{\"type\":\"ephemeral\"" + ttl + "}"));
    }
    if (facts.once(15)) {
      facts.reported(path + ".x_field");
      extras.put("x_field", JsonText.EMPTY_OBJECT);
    }
    return new Extras(extras);
  }

  private ContentBlock cachePoint(String path) {
    facts.cachePoints().add(path);
    return new ContentBlock.CachePoint(facts.pick(List.of("", "", "5m", "1h")), Extras.NONE);
  }

  private JsonText json(String path) {
    String mark = facts.at(path, "json");
    return new JsonText(
        facts.pick(List.of("{\"a\": \"" + mark + "\"}", "[\"" + mark + "\"]", "\"" + mark + "\"")));
  }

  private ContentBlock image(String path) {
    String bytes = base64("\u0089PNG" + facts.mark("img"), path);
    String type = facts.pick(List.of("image/png", "image/jpg", "", "IMAGE/PNG; x=y"));
    MediaSource source =
        facts.once(2)
            ? new MediaSource.Inline(type, bytes)
            : new MediaSource.Url("data:" + type + ";base64," + bytes);
    return new ContentBlock.Image(source, extras(path));
  }

  private ContentBlock document(String path) {
    String bytes = base64("%PDF" + facts.mark("pdf"), path);
    List<String> names =
        List.of("", "report.pdf", "report", "é 日.pdf", "a  b\tc.v2.pdf", "x".repeat(250), "///");
    String type = facts.pick(List.of("application/pdf", ""));
    return new ContentBlock.Document(
        new MediaSource.Inline(type, bytes), facts.pick(names), extras(path));
  }

  private ContentBlock audio(String path) {
    String bytes = base64("RIFF" + facts.mark("wav"), path);
    return new ContentBlock.Audio(new MediaSource.Inline("", bytes), "wav", extras(path));
  }

  private String base64(String bytes, String path) {
    String base64 = Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
    facts.facts().add(new Facts.Fact(path, base64));
    return base64;
  }

  private ContentBlock reasoning(String path) {
    String mark = facts.at(path, "reasoning");
    String signed = "{\"reasoningText\":{\"text\":\"\",\"signature\":\"" + mark + "\"}}";
    String opaque =
        facts.pick(
            List.of(
                "{\"reasoningContent\":" + signed + "}",
                "{\"reasoningContent\": {\"redactedContent\": \"" + mark + "\"}}",
                "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"" + mark + "\"}}}",
                "{\"type\":\"reasoning.text\",\"text\":\"" + mark + "\"}",
                "[\"" + mark + "\"]"));
    return facts.once(5)
        ? new ContentBlock.Reasoning(mark, Optional.empty(), Extras.NONE)
        : new ContentBlock.Reasoning("", Optional.of(new JsonText(opaque)), Extras.NONE);
  }

  private ContentBlock nativeBlock(String path) {
    String mark = facts.at(path, "native");
    String name = facts.pick(List.of("report", "file.pdf", "facts"));
    return other(
        "",
        facts.pick(
            List.of(
                "{\"text\":\"" + mark + "\"}",
                "{\"guardContent\":{\"text\":{\"text\":\"" + mark + "\"}}}",
                "{\"citationsContent\":{\"content\":[{\"text\":\"" + mark + "\"}]}}",
                "{\"searchResult\":{\"title\":\"" + mark + "\"}}",
                "{\"video\":{\"format\":\"mp4\",\"source\":{\"s3Location\":{\"uri\":\"s3://b/"
                    + mark
                    + "\"}}}}",
                "{\"document\":{\"name\":\""
                    + name
                    + "\",\"format\":\"pdf\",\"source\":{\"text\":\""
                    + mark
                    + "\"}},\"type\":\"document\"}",
                "{\"reasoningContent\":{\"redactedContent\":\"" + mark + "\"}}")));
  }

  private static ContentBlock other(String type, String json) {
    return new ContentBlock.Other(type, new JsonText(json));
  }
}
