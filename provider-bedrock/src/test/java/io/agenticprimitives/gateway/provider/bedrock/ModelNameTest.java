package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

  @Test
  void colonsAndSlashesAreEncodedInThePath() {
    assertThat(new ModelName("us.amazon.nova-lite-v1:0").pathSegment())
        .isEqualTo("us.amazon.nova-lite-v1%3A0");
    assertThat(
            new ModelName(
                    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/1arbu5")
                .pathSegment())
        .isEqualTo(
            "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile"
                + "%2F1arbu5");
  }

  @Test
  void theRegionComesFromAnArn() {
    assertThat(new ModelName("arn:aws:bedrock:eu-west-3:1:prompt/x:2").region())
        .contains("eu-west-3");
    assertThat(new ModelName("arn:aws-us-gov:sagemaker:us-gov-west-1:1:endpoint/x").region())
        .contains("us-gov-west-1");
    assertThat(new ModelName("eu.amazon.nova-lite-v1:0").region()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a b",
        "a\nb",
        "modèle",
        "arn:aws:bedrock::1:x/y",
        "arn:aws:bedrock:evil.example/:1:x/y",
        "arn:aws:bedrock"
      })
  void whatCannotBeAModelIsRefused(String name) {
    assertThatThrownBy(() -> new ModelName(name))
        .isInstanceOfSatisfying(
            BackendException.class,
            refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, false, false, https://bedrock-runtime.us-east-1.amazonaws.com/x",
    "us-gov-west-1, true, false, https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com/x",
    "eu-west-1, false, true, https://bedrock-runtime.eu-west-1.api.aws/x",
    "us-east-2, true, true, https://bedrock-runtime-fips.us-east-2.api.aws/x",
    "cn-north-1, false, false, https://bedrock-runtime.cn-north-1.amazonaws.com.cn/x",
    "us-newplace-9, false, false, https://bedrock-runtime.us-newplace-9.amazonaws.com/x"
  })
  void addressesFollowTheRegion(String region, boolean fips, boolean dualStack, String address) {
    Endpoints endpoints = new Endpoints(Optional.empty(), fips, dualStack);
    assertThat(endpoints.runtime(region, "x")).hasToString(address);
    assertThat(endpoints.control(region, "x"))
        .hasToString(address.replace("bedrock-runtime", "bedrock"));
  }

  @Test
  void anAddressOfTheOperatorsOwnIsForEverything() {
    Endpoints endpoints =
        new Endpoints(Optional.of(URI.create("http://localhost:1234/aws/")), false, false);
    assertThat(endpoints.runtime("us-east-1", "model/a%3A0/converse"))
        .hasToString("http://localhost:1234/aws/model/a%3A0/converse");
    assertThat(endpoints.control("us-east-1", "foundation-models"))
        .hasToString("http://localhost:1234/aws/foundation-models");
  }
}
