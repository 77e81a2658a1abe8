package io.agenticprimitives.gateway.core.config;

import static io.agenticprimitives.gateway.core.config.Bindings.bind;
import static io.agenticprimitives.gateway.core.config.Bindings.bound;
import static io.agenticprimitives.gateway.core.config.Bindings.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.Bindings.Everything;
import io.agenticprimitives.gateway.core.config.Bindings.Flavour;
import io.agenticprimitives.gateway.core.config.Bindings.Retry;
import io.agenticprimitives.gateway.core.config.Bindings.Upstream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordBinderTest {
  private static final String SECRET = "sk-very-secret";

  @Test
  void everyTypeOfComponentIsBound() {
    Everything bound =
        bound(
            """
            name: 4.1
            small: 010
            large: 9_000_000_000
            fraction: 1e3
            flag: on
            flavour: very_strict
            pause: 500ms
            base_url: http://localhost:1234
            file: /tmp/x
            api_key: 0123
            retry: {max_attempts: 5}
            maybe: {delay: 2m}
            several: [{}, {max_attempts: 0x10}]
            named: {a: 1h, b: 5 s}
            words: [yes, 1.0]
            """,
            Everything.class);

    assertThat(bound)
        .isEqualTo(
            new Everything(
                "4.1",
                8,
                9_000_000_000L,
                1000,
                true,
                Flavour.VERY_STRICT,
                Duration.ofMillis(500),
                URI.create("http://localhost:1234"),
                Path.of("/tmp/x"),
                new Secret("0123"),
                new Retry(5, Optional.empty()),
                Optional.of(new Retry(3, Optional.of(Duration.ofMinutes(2)))),
                List.of(new Retry(3, Optional.empty()), new Retry(16, Optional.empty())),
                Map.of("a", Duration.ofHours(1), "b", Duration.ofSeconds(5)),
                Optional.of(List.of("yes", "1.0"))));
  }

  @Test
  void absentKeysTakeTheirDefaults() {
    assertThat(bound("base_url: http://h", Upstream.class))
        .isEqualTo(
            new Upstream(
                URI.create("http://h"),
                "",
                Optional.empty(),
                Duration.ofSeconds(10),
                List.of("a", "b"),
                new Retry(3, Optional.empty()),
                Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"``", "null", "~", "\"\"", "''", "${E}", "\"${E}\""})
  void nothingAndEmptyTextCountAsAbsent(String value) {
    String text = "base_url: http://h\napi_key: " + value + "\ntimeout: " + value + "\n";
    Problems problems = new Problems();
    Optional<Upstream> bound = bind(text, Upstream.class, Map.of("E", ""), problems);

    assertThat(bound.orElseThrow().apiKey()).isEmpty();
    assertThat(bound.orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void allProblemsAreReportedAtOnceWithLinePathAndSuggestion() {
    assertThat(
            problems(
                """
                base_ulr: http://h
                defaultModel: x
                timeout: 60
                tags: one
                retry: {max_attempts: many, dealy: 1s}
                headers: {a: [1], b: {c: d}}
                other: 1
                """,
                Upstream.class))
        .containsExactly(
            "1: config.base_ulr: unknown key; did you mean base_url?",
            "1: config.base_url: this key is required: Where the server listens.",
            "2: config.defaultModel: unknown key; did you mean default_model?",
            "3: config.timeout: expected a duration with its unit, such as 500ms, 5s, 2m or 1h,"
                + " found 60",
            "4: config.tags: expected a list such as [a, b], found the text 'one'",
            "5: config.retry.dealy: unknown key; did you mean delay?",
            "5: config.retry.max_attempts: expected a whole number of at most 2147483647, found the"
                + " text 'many'",
            "6: config.headers.a: expected a text, found a list",
            "6: config.headers.b: expected a text, found a block of keys",
            "7: config.other: unknown key; known: base_url, default_model, api_key, timeout, tags,"
                + " retry, headers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small: 2147483648 | expected a whole number of at most 2147483647, found 2147483648",
        "large: 1.5        | expected a whole number, found 1.5",
        "large: 1e3        | expected a whole number, found the text '1e3'",
        "fraction: 1.0e+999| expected a number, found 1.0e+999",
        "fraction: NaN     | expected a number, found the text 'NaN'",
        "flag: maybe       | expected true or false, found the text 'maybe'",
        "flavour: strict   | expected one of plain, very_strict, found the text 'strict'; did you"
            + " mean very_strict?",
        "flavour: PLAIN    | expected one of plain, very_strict, found the text 'PLAIN'; did you"
            + " mean plain?",
        "pause: soon       | expected a duration with its unit, such as 500ms, 5s, 2m or 1h, found"
            + " the text 'soon'",
        "base_url: 'a b'   | expected a URL, found the text 'a b'",
        "name: [x]         | expected a text, found a list",
        "retry: 5          | expected a block of keys, found 5",
        "several: {a: b}   | expected a list such as [a, b], found a block of keys",
        "named: {a: ~}     | expected a duration with its unit, such as 500ms, 5s, 2m or 1h, found"
            + " nothing",
      })
  void wrongTypesSayWhatWasExpectedAndFound(String text, String message) {
    assertThat(problems(text, Everything.class)).anyMatch(p -> p.endsWith(": " + message));
  }

  record Switch(boolean flag) {}

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "yes, true",
        "ON, true",
        "\"true\", true",
        "1, true",
        "\"${TLS}\", true",
        "No, false",
        "off, false",
        "0, false"
      })
  void booleansMayBeWrittenAsInTheOriginalProject(String text, boolean expected) {
    Optional<Switch> bound =
        bind("flag: " + text, Switch.class, Map.of("TLS", "true"), new Problems());

    assertThat(bound).contains(new Switch(expected));
  }

  @Test
  void quotedNumbersAreDecimal() {
    assertThat(bound("{max_attempts: \"010\"}", Retry.class).maxAttempts()).isEqualTo(10);
  }

  @Test
  void whatTheRecordRefusesIsReportedAtTheBlockWithoutItsSecrets() {
    String text = "base_url: http://h\napi_key: " + SECRET + "\ntimeout: 0s\n";

    assertThat(problems(text, Upstream.class))
        .containsExactly("1: config: timeout must not be 0 with ********");
  }

  @Test
  void aValueOfTheEnvironmentIsNeverShown() {
    String text = "base_url: http://h\ntimeout: ${KEY}\nretry: ${KEY}\n";
    Problems problems = new Problems();
    bind(text, Upstream.class, Map.of("KEY", SECRET), problems);

    assertThat(problems.count()).isEqualTo(2);
    assertThat(problems.report()).contains("found the value of ${KEY}").doesNotContain(SECRET);
  }

  @Test
  void unsetVariablesAreAKindOfTheirOwn() {
    String text = "base_url: http://${HOST}:${PORT}/\napi_key: \"${OPENAI_API_KEY}\"\n";
    Problems problems = new Problems();

    assertThat(bind(text, Upstream.class, Map.of(), problems)).isEmpty();
    assertThat(problems.onlyUnsetVariables()).isTrue();
    assertThat(problems.unsetVariables()).containsExactly("HOST", "PORT", "OPENAI_API_KEY");
    assertThat(problems.list().getLast().message())
        .isEqualTo(
            "the environment variable OPENAI_API_KEY is not set; set it, or write"
                + " ${OPENAI_API_KEY:-default}");
  }

  @Test
  void anotherProblemBesideUnsetVariablesIsNotMistakenForOne() {
    Problems problems = new Problems();
    bind("base_url: ${HOST}\nx: 1", Upstream.class, Map.of(), problems);

    assertThat(problems.unsetVariables()).containsExactly("HOST");
    assertThat(problems.onlyUnsetVariables()).isFalse();
  }

  record Branch(@Default("x") String name, List<Branch> children) {}

  @Test
  void aRecordMayHoldItself() {
    assertThat(bound("children: [{name: y, children: [{}]}]", Branch.class).children()).hasSize(1);
    assertThat(RecordBinder.describe(Branch.class))
        .extracting(KeyDescription::key)
        .containsExactly("name", "children");
  }
}
