package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.config.RouteConfig.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  private static String withRoutes(String routes) {
    return """
    providers:
      llm:
        default: openai
        backends: {openai: {backend: x}, bedrock: {backend: y}}
        routes: %s
    """
        .formatted(routes);
  }

  private static Map<String, RouteConfig> routes(String text) {
    return Configs.llm(Configs.valid(text)).routes();
  }

  @Test
  void aRouteNamesItsTargets() {
    String text =
        withRoutes(
            "{smart: {targets: [{backend: openai, model: gpt-4o, weight: 9},"
                + " {backend: bedrock, weight: 1}], fallback: true},"
                + " cheap: {targets: [{backend: bedrock}, {backend: openai}]}}");
    assertThat(routes(text).values())
        .containsExactly(
            new RouteConfig(
                "smart",
                List.of(
                    new Target("openai", Optional.of("gpt-4o"), Optional.of(9)),
                    new Target("bedrock", Optional.empty(), Optional.of(1))),
                true),
            new RouteConfig(
                "cheap",
                List.of(
                    new Target("bedrock", Optional.empty(), Optional.empty()),
                    new Target("openai", Optional.empty(), Optional.empty())),
                true));
  }

  @Test
  void theShortFormCanHaveRoutesToo() {
    String text =
        "providers: {llm: {backend: echo, routes: {fast: {targets: [{backend: default, model:"
            + " small}]}}}}";
    assertThat(routes(text)).containsOnlyKeys("fast");
  }

  @Test
  void noRoutesAreNoProblem() {
    assertThat(routes(withRoutes(""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[a] | : expected routes, each a name with targets: below it, found a list",
        "{smart: openai} | .smart: expected targets: below it, found the text 'openai'",
        "{smart: {}} | .smart.targets: no target is given; write [{backend: name}]",
        "{smart: {targets: []}} | .smart.targets: no target is given; write [{backend: name}]",
        "{smart: {targets: [{backend: opnai}]}} | .smart.targets[0].backend: there is no backend of"
            + " this name: the text 'opnai'; did you mean openai?",
        "{smart: {targets: [{backend: openai, wieght: 1}]}} | .smart.targets[0].wieght: unknown"
            + " key; did you mean weight?",
        "{smart: {targets: [{backend: openai, weight: 0}]}} | .smart.targets[0]: weight must be"
            + " from 1 to 1000000; leave it out for a target that is only fallen back to",
        "{smart: {targets: [{backend: openai}], fallbak: no}} | .smart.fallbak: unknown key; did"
            + " you mean fallback?",
        "{bedrock: {targets: [{backend: openai}]}} | .bedrock: a backend has this name; a route"
            + " needs one of its own",
        "{bedrock/x: {targets: [{backend: openai}]}} | [\"bedrock/x\"]: callers never reach it:"
            + " what is before the / is a backend",
        "{é: {targets: [{backend: openai}]}} | [\"é\"]: a route's name is 1 to 128 ASCII"
            + " characters",
        "{smart: {targets: [{backend: openai}, {backend: bedrock}], fallback: false}} |"
            + " .smart.targets[1]: it is never asked; give it a weight, or write fallback: true",
      })
  void whatLeadsNowhereIsAProblem(String routes, String problem) {
    assertThat(Configs.problems(withRoutes(routes)))
        .containsExactly("5: providers.llm.routes" + problem);
  }

  @Test
  void allProblemsAreTold() {
    assertThat(
            Configs.problems(
                withRoutes("{a: {targets: [{backend: b}, {backend: c}]}, bedrock: {}}")))
        .hasSize(3);
  }
}
