package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpansionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "alpha", "E", "", "NESTED", "<$A>", "LOOP", "$LOOP", "PORT", "9000");

  /// All cases of the original project's behaviour, as they were seen there.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "NONE",
      value = {
        "${A}             | alpha",
        "$A               | alpha",
        "pre${A}post$A-   | prealphapostalpha-",
        "${U}             | ${U}",
        "$U               | $U",
        "${U:=d}          | d",
        "${U:-d}          | d",
        "${U:=}           | ``",
        "${E:=d}          | ``",
        "${E}             | ``",
        "${A:=d}          | alpha",
        "${U:=${A}}       | alpha",
        "${U:=x}}         | x}",
        "${A:+x}          | ${A:+x}",
        "${U:?m}          | ${U:?m}",
        "${U-d}           | ${U-d}",
        "${1A:=d}         | ${1A:=d}",
        "${A.b}           | ${A.b}",
        "${A }            | ${A }",
        "$1               | $1",
        "$$A              | $alpha",
        "\\${A}           | \\alpha",
        "${}              | ${}",
        "$                | $",
        "${U:= spaced }   | spaced",
        "${U:-${NESTED}}  | <$A>",
        "${NESTED}        | <$A>",
        "${NESTED:-x}     | <alpha>",
        "${LOOP:-x}       | $LOOP",
        "a$A.b            | aalpha.b",
        "$A_              | $A_",
        "${U:=$A}         | alpha",
      })
  void valuesComeOutAsInTheOriginalProject(String text, String expected) {
    Mapping root = Configs.root("key: " + text + "\nother: here\n", ENVIRONMENT);

    assertThat(Configs.scalar(root, "key").text()).isEqualTo(expected);
    assertThat(Configs.scalar(root, "other").text()).isEqualTo("here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b",
        "# not a comment",
        "'",
        "\"",
        "a\nb: c",
        "[",
        "{a: b}",
        "*alias",
        "&anchor",
        "!!int",
        "- a",
        "%YAML",
        "`",
        "@",
        "|",
        ">",
        "? a",
        "a\\",
        "\u0000",
        "\uFDD00\uFDD1",
        "}",
        "]",
        ",",
        "${A}",
        "line\r\nline",
        "\u2028",
        "\uD800"
      })
  void noValueChangesTheDocument(String hostile) {
    String text =
        """
        plain: ${V}
        double: "<${V}>"
        single: '<${V}>'
        defaulted: ${W:-none}
        flow: {a: ${V}, b: [${V}, 1]}
        list:
          - ${V}
        block: |
          ${V}
        # a comment with ${V} in it
        end: 1
        """;

    Mapping root = Configs.root(text, Map.of("V", hostile, "W", hostile));

    assertThat(root.keys())
        .containsExactly("plain", "double", "single", "defaulted", "flow", "list", "block", "end");
    assertThat(Configs.scalar(root, "plain").text()).isEqualTo(hostile.strip());
    assertThat(Configs.scalar(root, "double").text()).isEqualTo("<" + hostile + ">");
    assertThat(Configs.scalar(root, "single").text()).isEqualTo("<" + hostile + ">");
    assertThat(Configs.scalar(root, "block").text()).isEqualTo(hostile + "\n");
    assertThat(((Mapping) root.get("flow").orElseThrow()).keys()).containsExactly("a", "b");
    assertThat(((Sequence) root.get("list").orElseThrow()).items()).hasSize(1);
  }

  @Test
  void aPlainValueHasTheTypeOfWhatWasPutIn() {
    Map<String, String> environment = Map.of("PORT", "9000", "ON", "yes", "E", "", "HALF", "80");
    Mapping root =
        Configs.root(
            """
            number: ${PORT}
            default: ${U:=8000}
            truth: $ON
            nothing: ${E}
            joined: ${HALF}${HALF}
            quoted: "${PORT}"
            """,
            environment);

    assertThat(Configs.scalar(root, "number").type()).isEqualTo(ScalarType.INTEGER);
    assertThat(Configs.scalar(root, "default").type()).isEqualTo(ScalarType.INTEGER);
    assertThat(Configs.scalar(root, "truth").type()).isEqualTo(ScalarType.BOOLEAN);
    assertThat(Configs.scalar(root, "nothing").type()).isEqualTo(ScalarType.NULL);
    assertThat(Configs.scalar(root, "joined").type()).isEqualTo(ScalarType.INTEGER);
    assertThat(Configs.scalar(root, "quoted").type()).isEqualTo(ScalarType.STRING);
  }

  @Test
  void aDefaultTextIsPartOfTheFileAndMayBeStructure() {
    Mapping root = Configs.root("list: ${U:-[a, b]}\nmap: ${U:-{a: 1}}\n");

    assertThat(((Sequence) root.get("list").orElseThrow()).items()).hasSize(2);
    assertThat(((Mapping) root.get("map").orElseThrow()).keys()).containsExactly("a");
  }

  @Test
  void aKeyMayHoldReferences() {
    Mapping root = Configs.root("${A}: 1\nx-$A: 2\n", ENVIRONMENT);

    assertThat(root.keys()).containsExactly("alpha", "x-alpha");
  }

  @Test
  void unsetVariablesAreNamedWhereTheyAreUsed() {
    Mapping root = Configs.root("a: ${U} and $V\nb: {c: ${U}}\nd: ${A}\n", ENVIRONMENT);

    assertThat(Configs.scalar(root, "a").unsetVariables()).containsExactly("U", "V");
    assertThat(Configs.scalar((Mapping) root.get("b").orElseThrow(), "c").unsetVariables())
        .containsExactly("U");
    assertThat(Configs.scalar(root, "d").unsetVariables()).isEmpty();
  }

  @Test
  void aDollarInAValueIsNoReference() {
    Scalar password = Configs.scalar(Configs.root("p: ${P:-}", Map.of("P", "pa$sword")), "p");

    assertThat(password.text()).isEqualTo("pa$sword");
    assertThat(password.unsetVariables()).isEmpty();
  }

  @Test
  void whatLooksLikeAReferenceButIsNoneIsWarnedOf() {
    assertThat(Configs.warnings("log_level: info\nproviders: {llm: {backend: \"${U:?m}\"}}"))
        .containsExactly(
            "2: providers.llm.backend: ${U:?m} is no reference and stays as it is; references are"
                + " ${NAME}, ${NAME:-default} and ${file:/path}");
  }

  @Test
  void aReferenceInACommentTakesNothingThatFollows() {
    Mapping root =
        Configs.root(
            """
            # write ${U:-default or ${ or ${file:/nowhere} here
            a: ${A} # or ${U:-this
            b: {c: $A}
            """,
            ENVIRONMENT);

    assertThat(root.keys()).containsExactly("a", "b");
    assertThat(Configs.scalar(root, "a").text()).isEqualTo("alpha");
    assertThat(Configs.scalar((Mapping) root.get("b").orElseThrow(), "c").text())
        .isEqualTo("alpha");
  }

  @Test
  void linesAreThoseOfTheFileAfterReferencesOverSeveralLines() {
    Mapping root =
        Configs.root("a: ${A:-one\n two\n three} $PORT\nb: ${U:-x\n y}\nc: 1\n", ENVIRONMENT);

    assertThat(root.positionOf("b").line()).isEqualTo(4);
    assertThat(root.positionOf("c").line()).isEqualTo(6);
    assertThat(root.positionOf("c")).hasToString("gateway.yaml:6");
  }
}
