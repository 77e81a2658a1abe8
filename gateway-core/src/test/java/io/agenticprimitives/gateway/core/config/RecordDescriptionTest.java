package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordDescriptionTest {
  @Test
  void aRecordIsDescribedForOperators() {
    assertThat(RecordBinder.describe(Bindings.Upstream.class))
        .containsExactly(
            described("base_url", "URL", null, "Where the server listens.", true, false),
            described("default_model", "text", "", "", false, false),
            described("api_key", "secret", null, "", false, true),
            described("timeout", "duration", "10s", "", false, false),
            described("tags", "list of text", "[a, b]", "", false, false),
            described("retry", "block", "{}", "", false, false),
            described("retry.max_attempts", "integer", "3", "How often.", false, false),
            described("retry.delay", "duration", null, "", false, false),
            described("headers", "map of text", null, "", false, false));
    assertThat(RecordBinder.describe(Bindings.Everything.class))
        .contains(
            described("flavour", "plain|very_strict", null, "", true, false),
            described("several[].max_attempts", "integer", "3", "How often.", false, false));
  }

  private static KeyDescription described(
      String key,
      String type,
      @Nullable String defaultValue,
      String doc,
      boolean required,
      boolean secret) {
    return new KeyDescription(key, type, Optional.ofNullable(defaultValue), doc, required, secret);
  }
}
