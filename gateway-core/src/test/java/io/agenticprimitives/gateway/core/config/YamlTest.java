package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "yes, BOOLEAN",
        "on, BOOLEAN",
        "No, BOOLEAN",
        "OFF, BOOLEAN",
        "true, BOOLEAN",
        "y, STRING",
        "010, INTEGER",
        "0x1F, INTEGER",
        "0b11, INTEGER",
        "-5, INTEGER",
        "1_000, INTEGER",
        "08, STRING",
        "1e3, STRING",
        "1.0e+3, FLOAT",
        ".5, FLOAT",
        "4.1, FLOAT",
        "~, NULL",
        "null, NULL",
        "``, NULL",
        "1:30, STRING",
        "2024-10-21, STRING",
        "'yes', STRING",
        "\"010\", STRING",
        "!!str 5, STRING",
        "! 5, STRING",
        "!!int \"5\", INTEGER"
      })
  void plainTextIsTypedAsInYaml11(String text, ScalarType type) {
    assertThat(Configs.scalar(Configs.root("k: " + text), "k").type()).isEqualTo(type);
  }

  @Test
  void aKeyGivenTwiceIsRefusedWithBothLines() {
    assertThat(
            Configs.problems(
                """
                providers:
                  llm:
                    default: a
                    backends:
                      a: {backend: echo}
                      a: {backend: echo}
                providers: {}
                """))
        .containsExactly(
            "6: providers.llm.backends.a: this key is given twice; the first is at gateway.yaml:5",
            "7: providers: this key is given twice; the first is at gateway.yaml:1");
  }

  @Test
  void anchorsAndMergeKeysWorkAsInTheOriginalProject() {
    Mapping root =
        Configs.root(
            """
            base: &base {a: 1, b: 2}
            more: &more {b: 3, c: 4}
            own:
              <<: [*base, *more]
              a: mine
            """);
    Mapping own = (Mapping) root.get("own").orElseThrow();

    assertThat(own.keys()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(Configs.scalar(own, "a").text()).isEqualTo("mine");
    assertThat(Configs.scalar(own, "b").text()).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``                    | 1: : the file is empty",
        "# only a comment      | 1: : the file is empty",
        "[a, b]                | 1: : a configuration begins with keys such as providers:, not with"
            + " a list",
        "just text             | 1: : a configuration begins with keys such as providers:, not with"
            + " the text 'just text'",
        "a: *b                 | 1: a: *b stands for nothing: no value before is &it",
        "a: &b [*b]            | 1: a[0]: *b stands for nothing: no value before is &it",
        "a: !!binary aGk=      | 1: a: the tag !!binary is not supported; leave it out",
        "a: !python/object {}  | 1: a: the tag !python/object is not supported; leave it out",
        "? [a]                 | 1: : a key must be a single value, not a list",
        "<<: text              | 1: : << takes a mapping, not the text 'text'",
        "${U}: x               | 1: : the environment variable U is not set; set it, or write"
            + " ${U:-default}",
        "a: b: c               | 1: : this is not YAML: mapping values are not allowed here",
        "a: @x                 | 1: : this is not YAML: while scanning for the next token: found"
            + " character '@' that cannot start any token. (Do not use @ for indentation)",
      })
  void whatIsNoConfigurationIsAProblem(String text, String expected) {
    Problems problems = Configs.load(text).problems();

    assertThat(Configs.shown(problems.list())).contains(expected);
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(Configs.problems("a: b\n---\nc: d\n"))
        .containsExactly("2: : a second document begins here; a configuration is one document");
  }

  @Test
  void anEscapedReferenceInDoubleQuotesIsExplainedByWhatWasWritten() {
    LoadedConfig loaded = Configs.load("a: \"\\${A}\"\n", Map.of("A", "sk-secret"));

    assertThat(loaded.problems().report())
        .contains("in double quotes no \\ may be before it")
        .doesNotContain("sk-secret");
  }

  @Test
  void charactersThatYamlDoesNotHaveAreNamedWithTheirLine() {
    assertThat(Configs.problems("a: b\nc: \u0007\n"))
        .containsExactly("2: : the character U+0007 may not stand in a configuration");
    assertThat(Configs.problems("a: \uFDD0\n"))
        .containsExactly("1: : the character U+FDD0 may not stand in a configuration");
  }

  @Test
  void depthIsLimited() {
    String deep = "a: " + "[".repeat(500_000);

    assertThat(Configs.problems(deep)).singleElement().asString().endsWith("nested deeper than 64");
  }

  @Test
  void depthIsLimitedThroughAliases() {
    String text =
        IntStream.range(0, 100)
            .mapToObj(i -> "a" + (i + 1) + ": &a" + (i + 1) + " [*a" + i + "]\n")
            .collect(Collectors.joining("", "a0: &a0 [x]\n", ""));

    assertThat(Configs.problems(text)).singleElement().asString().endsWith("nested deeper than 64");
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    String text =
        IntStream.range(0, 12)
            .mapToObj(
                i -> {
                  String aliases =
                      String.join(", ", List.of(("*a" + i + " ").repeat(9).split(" ")));
                  return "a" + (i + 1) + ": &a" + (i + 1) + " [" + aliases + "]\n";
                })
            .collect(Collectors.joining("", "a0: &a0 [x]\n", ""));

    assertThat(Configs.problems(text))
        .singleElement()
        .asString()
        .endsWith("more than 100000 values, aliases counted as what they stand for");
  }

  @Test
  void sizeIsLimited() {
    assertThat(Configs.problems("a: " + "x".repeat(1 << 20)))
        .containsExactly("1: : this is larger than 1 MiB");
  }

  @Test
  void noToStringShowsAValue() {
    Mapping root = Configs.root("a: sk-secret\nb: [sk-secret]\nc: {d: sk-secret}\n");

    assertThat(root.entries().toString()).doesNotContain("sk-secret");
  }
}
