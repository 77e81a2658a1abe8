package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersTest {

  private static PrimitiveConfig llm(String text) {
    return Configs.llm(Configs.valid(text));
  }

  @Test
  void theShortFormIsOneBackendNamedDefaultWhateverDefaultSays() {
    PrimitiveConfig llm =
        llm("providers: {llm: {default: other, backend: echo, timeouts: {idle: 1s}}}");

    assertThat(llm.defaultBackend()).isEqualTo("default");
    BackendConfig backend = Configs.backend(llm, "default");
    assertThat(backend.provider()).isEqualTo("echo");
    assertThat(backend.path()).isEqualTo("providers.llm");
    assertThat(backend.config().keys()).isEmpty();
    assertThat(backend.policy().timeouts().idle()).isEqualTo(Duration.ofSeconds(1));
    assertThat(backend.policy().timeouts().total()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void theLongFormKeepsTheOrderOfTheFile() {
    PrimitiveConfig llm =
        llm(
            """
            providers:
              llm:
                default: b
                backends:
                  c: {backend: x}
                  b:
                    backend: y
                    config:
                    timeouts: {connect: 1s, first_event: 2s, idle: 3s, total: 4s}
                  a: {backend: z, config: {k: v}}
            """);

    assertThat(llm.backends().keySet()).containsExactly("c", "b", "a");
    BackendConfig b = Configs.backend(llm, "b");
    assertThat(b.path()).isEqualTo("providers.llm.backends.b");
    assertThat(b.position().line()).isEqualTo(6);
    assertThat(b.policy().timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4)));
    assertThat(Configs.backend(llm, "a").config().keys()).containsExactly("k");
  }

  @Test
  void theLongFormWinsOverTheShortOne() {
    String text =
        """
        providers:
          llm:
            backend: x
            config: {k: v}
            default: a
            backends: {a: {backend: y}}
        """;

    assertThat(llm(text).backends()).containsOnlyKeys("a");
    assertThat(Configs.warnings(text))
        .containsExactly(
            "3: providers.llm.backend: ignored, because backends: is given as well",
            "4: providers.llm.config: ignored, because backends: is given as well");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "providers:                | providers: expected primitives such as llm:, found nothing",
        "providers: {llm: }        | providers.llm: expected backend: and config:, or default: and"
            + " backends:, found nothing",
        "providers: {llm: {}}      | providers.llm: no backend is given; write backend: and"
            + " config:, or default: and backends:",
        "providers: {lmm: {}}      | providers.lmm: unknown primitive; did you mean llm?",
        "providers: {llm: {backend: }} | providers.llm.backend: this key is required: The class"
            + " name or alias of the provider.",
        "providers: {llm: {backend: [x]}} | providers.llm.backend: expected a text, found a list",
        "providers: {llm: {backend: ${PROVIDER}}} | providers.llm.backend: the environment variable"
            + " PROVIDER is not set; set it, or write ${PROVIDER:-default}",
        "providers: {llm: {backend: x, config: [a]}} | providers.llm.config: expected a block of"
            + " keys, found a list",
        "providers: {llm: {backend: x, confg: {}}} | providers.llm.confg: unknown key; did you mean"
            + " config?",
        "providers: {llm: {backend: x, timeouts: {idel: 5s}}} | providers.llm.timeouts.idel:"
            + " unknown key; did you mean idle?",
        "providers: {llm: {backend: x, timeouts: {idle: 0s}}} | providers.llm.timeouts: idle must"
            + " be longer than 0; leave it out for the default",
        "providers: {llm: {default: a, backends: {}}} | providers.llm.backends: expected backends,"
            + " each a name with backend: and config: below it",
        "providers: {llm: {backends: {a: {backend: x}}}} | providers.llm.default: this key is"
            + " required: the backend for callers who name none; one of a",
        "providers: {llm: {default: opnai, backends: {openai: {backend: x}}}} |"
            + " providers.llm.default: there is no backend of this name: the text 'opnai'; did you"
            + " mean openai?",
        "providers: {llm: {default: x, backends: {a: {backend: x}, b: {backend: x}}}} |"
            + " providers.llm.default: there is no backend of this name: the text 'x'; known: a, b",
        "providers: {llm: {default: a, backends: {a: x}}} | providers.llm.backends.a: expected"
            + " backend: and config: below it, found the text 'x'",
        "providers: {llm: {default: 'ä', backends: {'ä': {backend: x}}}} |"
            + " providers.llm.backends[\"ä\"]: a backend's name is 1 to 128 ASCII characters, as"
            + " callers send it in a header",
      })
  void faultsAreNamed(String text, String problem) {
    assertThat(Configs.problems(text)).containsExactly("1: " + problem);
  }

  @Test
  void primitivesThatAreNotImplementedAreWarnedOfUnlessTheyDoNothing() {
    String noop = "agentic_primitives_gateway.primitives.tools.noop.NoopToolsProvider";
    String memory = "agentic_primitives_gateway.primitives.memory.in_memory.InMemoryProvider";
    String text =
        """
        providers:
          llm: {backend: echo}
          tools: {backend: %s}
          identity: {backend: "noop"}
          browser: {default: a, backends: {a: {backend: noop}, b: {backend: selenium}}}
          memory: {backend: %s}
          policy: {backend: agentic_primitives_gateway.primitives.policy.x.Policy}
        """
            .formatted(noop, memory);

    assertThat(Configs.valid(text).primitives()).containsOnlyKeys("llm");
    assertThat(Configs.warnings(text))
        .containsExactly(
            "5: providers.browser: browser is not implemented by this gateway; ignored",
            "6: providers.memory: memory is not available in this version of the gateway yet;"
                + " ignored",
            "7: providers.policy: policy is not implemented by this gateway; ignored");
  }

  @Test
  void aConfigurationWithoutProvidersHasNoPrimitives() {
    assertThat(Configs.valid("port: 9000").primitives()).isEqualTo(Map.of());
  }
}
