package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com,                            https://api.openai.com/v1",
    "https://api.openai.com/,                           https://api.openai.com/v1",
    "https://api.openai.com/v1,                         https://api.openai.com/v1",
    "https://api.openai.com/v1///,                      https://api.openai.com/v1",
    "http://localhost:11434,                            http://localhost:11434/v1",
    "http://[::1]:8080/v1,                              http://[::1]:8080/v1",
    "http://my_service:8000,                            http://my_service:8000/v1",
    "https://api.groq.com/openai,                       https://api.groq.com/openai/v1",
    "https://api.groq.com/openai/v1/,                   https://api.groq.com/openai/v1",
    "https://openrouter.ai/api,                         https://openrouter.ai/api/v1",
    "https://openrouter.ai/api/v1,                      https://openrouter.ai/api/v1",
    "https://api.z.ai/api/paas/v4,                      https://api.z.ai/api/paas/v4",
    "https://x.example/v1beta/openai/,                  https://x.example/v1beta/openai",
    "https://x.example/v1/openai,                       https://x.example/v1/openai",
    "https://x.example/client/v4/accounts/a/ai,        "
        + " https://x.example/client/v4/accounts/a/ai/v1",
    "https://x.example/v1/chat/completions,             https://x.example/v1",
    "https://api.perplexity.ai/chat/completions/,       https://api.perplexity.ai",
    "https://x.example/v1x/verse,                       https://x.example/v1x/verse/v1"
  })
  void everyFormOfAnAddressLeadsToTheRoutes(String written, String routes) {
    BaseUrl base = new BaseUrl(URI.create(written));
    assertThat(base.completions()).hasToString(routes + "/chat/completions");
    assertThat(base.models()).hasToString(routes + "/models");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:1234,                      http://localhost:1234",
    "api.openai.com,                      https://api.openai.com",
    "ftp://api.openai.com,                https://",
    "http:localhost,                      http://localhost:1234",
    "http://user:topsecret@x.example,     api_key",
    "https://x.example?key=topsecret,     '?'",
    "https://x.example/#a,                '#'",
    "'',                                  http://localhost:1234"
  })
  void whatIsNoAddressIsRefusedWithWhatToWrite(String written, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.require(URI.create(written)))
        .withMessageContaining("base_url")
        .withMessageContaining(advice)
        .withMessageNotContaining("topsecret");
  }

  @Test
  void openAiIsKnownByItsHost() {
    assertThat(new BaseUrl(URI.create("https://API.openai.com/v1")).isOpenAi()).isTrue();
    assertThat(new BaseUrl(URI.create("https://api.openai.com.example")).isOpenAi()).isFalse();
  }
}
