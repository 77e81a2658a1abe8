package com.example.anthropic;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The numbers of an answer. They come at its start and again at its end; what a later object says
/// replaces what an earlier one said, and what it leaves out or gives as null stays.
final class UsageNumbers {
  private static final ObjectMapper MAPPER = mapper();

  public @Nullable Long inputTokens;
  public @Nullable Long outputTokens;
  public @Nullable Long cacheReadInputTokens;
  public @Nullable Long cacheCreationInputTokens;
  public OutputTokensDetails outputTokensDetails = new OutputTokensDetails();

  static final class OutputTokensDetails {
    public @Nullable Long thinkingTokens;
  }

  // Newer Jacksons have no such constant: with that of the gateway this class would not load.
  @SuppressWarnings("deprecation")
  private static ObjectMapper mapper() {
    return Json.MAPPER
        .copy()
        .setPropertyNamingStrategy(PropertyNamingStrategy.SNAKE_CASE)
        .setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  void update(JsonNode usage) {
    if (!usage.isObject()) {
      return;
    }
    try {
      MAPPER.readerForUpdating(this).readValue(usage);
    } catch (IOException wrong) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE, "The upstream's usage numbers are not numbers.", wrong);
    }
  }

  /// Anthropic counts what came from a cache, and what went into one, beside the other input.
  Usage usage() {
    return new Usage(
        inputTokens == null
            ? OptionalLong.empty()
            : OptionalLong.of(
                inputTokens + orZero(cacheReadInputTokens) + orZero(cacheCreationInputTokens)),
        optional(outputTokens),
        optional(cacheReadInputTokens),
        optional(cacheCreationInputTokens),
        optional(outputTokensDetails.thinkingTokens));
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static OptionalLong optional(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
