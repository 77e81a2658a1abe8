package io.agenticprimitives.gateway.server.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the gateway serves without a configuration: what it finds on this machine, the best of it
/// as the default, and `echo` always.
///
/// @param yaml the configuration
/// @param notes what was chosen and why, a line each
record QuickStart(String yaml, List<String> notes) {
  private static final String OPENAI =
      "io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider";
  private static final String BEDROCK =
      "io.agenticprimitives.gateway.provider.bedrock.BedrockConverseProvider";
  private static final String ECHO = "io.agenticprimitives.gateway.provider.echo.EchoProvider";

  private static final List<LocalServer> LOCAL_SERVERS =
      List.of(
          new LocalServer("ollama", "Ollama", URI.create("http://127.0.0.1:11434")),
          new LocalServer("lm-studio", "LM Studio", URI.create("http://127.0.0.1:1234")));

  /// A variable of each pair or alone shows that calls to AWS will find credentials.
  private static final List<List<String>> AWS_CREDENTIALS =
      List.of(
          List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
          List.of("AWS_PROFILE"),
          List.of("AWS_WEB_IDENTITY_TOKEN_FILE"),
          List.of("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
          List.of("AWS_CONTAINER_CREDENTIALS_FULL_URI"));

  private record LocalServer(String backend, String title, URI address) {}

  /// @param config the provider's block in one line
  private record Candidate(String backend, String provider, String config, String reason) {}

  /// Looks around. Backends come in the order in which they are preferred.
  ///
  /// @param installed whether there is a provider of this class name
  /// @param ask what the server at an address offers; empty if there is none
  static QuickStart choose(
      Map<String, String> environment,
      Predicate<String> installed,
      Function<URI, Optional<LocalModels>> ask) {
    List<Candidate> candidates = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    if (isSet(environment, "OPENAI_API_KEY")) {
      candidates.add(openai());
    }
    if (installed.test(BEDROCK) && hasAwsCredentials(environment)) {
      candidates.add(
          new Candidate("bedrock", BEDROCK, "{}", "there are AWS credentials in the environment"));
    }
    for (LocalServer server : LOCAL_SERVERS) {
      ask.apply(server.address())
          .ifPresent(models -> add(server, models.firstModel(), candidates, notes));
    }
    candidates.add(new Candidate("echo", ECHO, "{}", "it needs nothing"));
    candidates.removeIf(candidate -> !installed.test(candidate.provider()));
    candidates.forEach(candidate -> notes.add(note(candidate, candidates.getFirst())));
    return new QuickStart(yaml(candidates), List.copyOf(notes));
  }

  private static Candidate openai() {
    return new Candidate(
        "openai",
        OPENAI,
        "{base_url: \"${OPENAI_BASE_URL:-https://api.openai.com}\","
            + " api_key: \"${OPENAI_API_KEY}\", default_model: gpt-4o-mini}",
        "OPENAI_API_KEY is set");
  }

  private static void add(
      LocalServer server,
      Optional<String> firstModel,
      List<Candidate> candidates,
      List<String> notes) {
    String where = server.title() + " answers on port " + server.address().getPort();
    Optional<String> model = firstModel.filter(name -> name.matches("[A-Za-z0-9._:/@+-]+"));
    if (model.isEmpty()) {
      notes.add(
          "something listens on port %d, but it lists no models; not used"
              .formatted(server.address().getPort()));
      return;
    }
    candidates.add(
        new Candidate(
            server.backend(),
            OPENAI,
            "{base_url: \"%s\", default_model: \"%s\"}".formatted(server.address(), model.get()),
            where + ", model " + model.get()));
  }

  private static String note(Candidate candidate, Candidate first) {
    return "%s%s: %s"
        .formatted(
            candidate.backend(), candidate.equals(first) ? " (default)" : "", candidate.reason());
  }

  private static boolean hasAwsCredentials(Map<String, String> environment) {
    return AWS_CREDENTIALS.stream()
        .anyMatch(names -> names.stream().allMatch(name -> isSet(environment, name)));
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  private static String yaml(List<Candidate> candidates) {
    StringBuilder yaml = new StringBuilder();
    if (candidates.stream().anyMatch(candidate -> candidate.provider().equals(BEDROCK))) {
      yaml.append("allow_server_credentials: fallback\n");
    }
    yaml.append("providers:\n  llm:\n    default: ");
    yaml.append(candidates.isEmpty() ? "echo" : candidates.getFirst().backend());
    yaml.append("\n    backends:\n");
    for (Candidate candidate : candidates) {
      yaml.append("      ").append(candidate.backend()).append(":\n        backend: ");
      yaml.append(candidate.provider()).append("\n        config: ");
      yaml.append(candidate.config()).append('\n');
    }
    return yaml.toString();
  }
}
