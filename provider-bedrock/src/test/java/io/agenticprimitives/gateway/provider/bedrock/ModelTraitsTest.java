package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.BesideResults;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Thinking;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Vendor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTraitsTest {
  private static final String PROFILE =
      "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/1arnova2hu2s";

  @ParameterizedTest
  @CsvSource({
    "anthropic.claude-v2:1, NONE, false, false",
    "anthropic.claude-instant-v1, NONE, false, false",
    "anthropic.claude-3-haiku-20240307-v1:0, NONE, false, false",
    "anthropic.claude-3-5-sonnet-20241022-v2:0, NONE, true, false",
    "us.anthropic.claude-3-7-sonnet-20250219-v1:0, BUDGET, true, false",
    "us.anthropic.claude-sonnet-4-20250514-v1:0, BUDGET, true, false",
    "us.anthropic.claude-opus-4-1-20250805-v1:0, BUDGET, true, false",
    "us.anthropic.claude-haiku-4-5-20251001-v1:0, BUDGET, true, true",
    "us.anthropic.claude-sonnet-4-6, ADAPTIVE, true, true",
    "us.anthropic.claude-opus-4-6-v1, ADAPTIVE, true, true",
    "us.anthropic.claude-sonnet-5, ADAPTIVE, true, true",
    "US.ANTHROPIC.CLAUDE, ADAPTIVE, true, true",
  })
  void claudesTraitsFollowFromItsVersion(
      String id, Thinking thinking, boolean caches, boolean schemas) {
    ModelTraits traits = ModelTraits.of(id, "");
    assertThat(traits.vendor()).isEqualTo(Vendor.ANTHROPIC);
    assertThat(traits.besideResults()).isEqualTo(BesideResults.NO_FILES);
    assertThat(traits.thinking()).isEqualTo(thinking);
    assertThat(traits.cachedMembers().isEmpty()).isEqualTo(!caches);
    assertThat(traits.schemas()).isEqualTo(schemas);
    assertThat(traits.eitherTemperatureOrTopP()).isEqualTo(schemas);
  }

  @ParameterizedTest
  @CsvSource({
    "amazon.nova-micro-v1:0, AMAZON",
    "arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-pro-v1:0, AMAZON",
    "arn:aws:bedrock:us-east-1::foundation-model/openai.gpt-oss-20b-1:0, OPENAI",
    "meta.llama3-2-1b-instruct-v1:0, OTHER",
    "deepseek.r1-v1:0, OTHER",
  })
  void theVendorIsInTheId(String id, Vendor vendor) {
    assertThat(ModelTraits.of(id, "").vendor()).isEqualTo(vendor);
  }

  @Test
  void anArnThatSaysNothingIsTakenForAModelThatRefusesNothing() {
    assertThat(ModelTraits.of(PROFILE, "")).isEqualTo(ModelTraits.UNKNOWN);
  }

  @Test
  void theOperatorSaysWhatIsBehindAnArn() {
    assertThat(ModelTraits.of(PROFILE, "amazon.nova-lite-v1:0").vendor()).isEqualTo(Vendor.AMAZON);
  }

  @Test
  void aModelThatAnotherCallNamesSpeaksForItself() {
    assertThat(ModelTraits.of("meta.llama3-2-1b-instruct-v1:0", "amazon.nova-lite-v1:0"))
        .isEqualTo(ModelTraits.of("meta.llama3-2-1b-instruct-v1:0", ""));
  }
}
