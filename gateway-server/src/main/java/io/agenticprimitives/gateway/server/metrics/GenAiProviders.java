package io.agenticprimitives.gateway.server.metrics;

/// The `gen_ai.provider.name` of OpenTelemetry's conventions for what a provider speaks.
public final class GenAiProviders {
  private GenAiProviders() {}

  /// The conventions' own name for a kind of provider that they know, else the kind itself.
  public static String name(String providerType) {
    return switch (providerType) {
      case "openai_compatible" -> "openai";
      case "bedrock", "bedrock_converse" -> "aws.bedrock";
      default -> providerType;
    };
  }
}
