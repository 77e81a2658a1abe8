package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.LoggingConfig.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the top level of a configuration: what is read where, and what happens to the blocks of
/// the original project that this gateway does not have.
final class GatewayConfigReader {
  /// Blocks of the original project that do nothing here; each is named in a warning.
  private static final Set<String> NOT_IMPLEMENTED =
      Set.of("credentials", "agents", "teams", "governance", "audit", "metadata_denylists");

  private static final List<String> SINGLE_KEYS =
      List.of("host", "port", "log_level", "cors_origins", "allow_server_credentials");

  private static final Pattern ORIGIN =
      Pattern.compile("\\*|null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+");

  /// The keys that may stand at the top, but `config_file`, which says nothing in the file itself.
  static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  "server", "providers", "auth", "logging", "tracing", "admin", "enforcement"),
              Stream.concat(SINGLE_KEYS.stream(), NOT_IMPLEMENTED.stream().sorted()))
          .toList();

  private final ProvidersReader providers;
  private final Problems problems;

  GatewayConfigReader(ProvidersReader providers, Problems problems) {
    this.providers = providers;
    this.problems = problems;
  }

  /// The keys at the top that have no block of their own.
  record TopLevel(
      Optional<String> host,
      Optional<Integer> port,
      @Default("info") String logLevel,
      @Default("['*']") List<String> corsOrigins,
      @Default("never") ServerCredentials allowServerCredentials) {}

  /// The block `logging`.
  record LoggingBlock(
      @Default("text") LoggingConfig.Format format, @Default("true") boolean sanitize) {}

  /// Reads everything. The result counts only if no problems were added.
  GatewayConfig read(Mapping root, String source) {
    refuseUnknown(root);
    refuseEnforcement(root);
    Blocks blocks = new Blocks(root, problems);
    Optional<TopLevel> top = RecordBinder.bind(singleKeys(root), TopLevel.class, "", problems);
    Optional<AuthConfig> auth = new AuthReader(blocks, problems).read();
    Map<String, PrimitiveConfig> primitives = providers.read(root);
    refuseToPassOurKeys(auth.orElse(AuthConfig.NONE), primitives);
    return new GatewayConfig(
        new ServerReader(blocks, problems).read(top, auth),
        auth.orElse(AuthConfig.NONE),
        logging(blocks, root, top),
        new TracingReader(blocks, problems).read(),
        cors(root, top),
        top.map(TopLevel::allowServerCredentials).orElse(ServerCredentials.NEVER),
        new AdminReader(blocks, problems).read(),
        primitives,
        source);
  }

  /// Where callers prove who they are with that header it holds the gateway's key.
  private void refuseToPassOurKeys(AuthConfig auth, Map<String, PrimitiveConfig> primitives) {
    if (auth.backend() == AuthConfig.Backend.NOOP) {
      return;
    }
    for (PrimitiveConfig primitive : primitives.values()) {
      for (BackendConfig backend : primitive.backends().values()) {
        if (backend.policy().passAuthorization()) {
          String message =
              "callers of this gateway send its own key in that header (auth.backend: api_key), and"
                  + " it must not go upstream; remove this line and let callers send their upstream"
                  + " key in X-Cred-<service>-Api-Key";
          problems.add(
              backend.position(),
              ConfigPath.key(backend.path(), BackendConfig.PASS_AUTHORIZATION),
              message);
        }
      }
    }
  }

  private void refuseUnknown(Mapping root) {
    for (Map.Entry<String, Entry> entry : root.entries().entrySet()) {
      String key = entry.getKey();
      if (NOT_IMPLEMENTED.contains(key)) {
        String message = key + " is not implemented by this gateway; the block is ignored";
        problems.warn(
            entry.getValue().position(), ConfigPath.key("", entry.getValue().written()), message);
      } else if (!KEYS.contains(key) && !key.equals("config_file")) {
        String message = "unknown key" + NearestName.hint(key, KEYS);
        problems.add(
            entry.getValue().position(), ConfigPath.key("", entry.getValue().written()), message);
      }
    }
  }

  /// An operator who configured enforcement relies on it: serving without it would be worse than
  /// not serving.
  private void refuseEnforcement(Mapping root) {
    Optional<ConfigNode> block = root.get("enforcement").filter(node -> !Blocks.isNull(node));
    boolean noop =
        block.isEmpty()
            || (block.get() instanceof Mapping mapping
                && mapping.get("backend").map(ProviderNames::isNoop).orElse(true));
    if (!noop) {
      String message =
          "this protects something that this gateway cannot honour: it enforces no policies; remove"
              + " the block, or write backend: noop, if calls may be served without";
      problems.add(root.positionOf("enforcement"), "enforcement", message);
    }
  }

  private Mapping singleKeys(Mapping root) {
    Map<String, Entry> entries = new LinkedHashMap<>(root.entries());
    entries.keySet().retainAll(SINGLE_KEYS);
    Entry credentials = entries.get("allow_server_credentials");
    if (credentials != null
        && credentials.value() instanceof Scalar scalar
        && scalar.type() == ScalarType.BOOLEAN) {
      String message =
          "true and false are not accepted; write never (for false), fallback (the server's own"
              + " credentials where the caller sends none) or always";
      problems.add(scalar.position(), "allow_server_credentials", message);
      entries.remove("allow_server_credentials");
    }
    return new Mapping(entries, root.position());
  }

  private LoggingConfig logging(Blocks blocks, Mapping root, Optional<TopLevel> top) {
    Level level = top.map(t -> level(root, t.logLevel())).orElse(Level.INFO);
    return blocks
        .bind("logging", LoggingBlock.class)
        .map(block -> new LoggingConfig(block.format(), block.sanitize(), level))
        .orElse(LoggingConfig.DEFAULT);
  }

  private Level level(Mapping root, String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "trace" -> Level.TRACE;
      case "debug" -> Level.DEBUG;
      case "info" -> Level.INFO;
      case "warning", "warn" -> Level.WARNING;
      case "error", "critical" -> Level.ERROR;
      default -> {
        String found = root.get("log_level").map(Wording::found).orElse("nothing");
        String message = "expected one of trace, debug, info, warning, error, found " + found;
        problems.add(root.positionOf("log_level"), "log_level", message);
        yield Level.INFO;
      }
    };
  }

  private CorsConfig cors(Mapping root, Optional<TopLevel> top) {
    CorsConfig cors = top.map(t -> new CorsConfig(t.corsOrigins())).orElse(CorsConfig.ANY);
    if (cors.isAny() && cors.origins().size() > 1) {
      String message = "'*' allows every origin; write it alone, or list the origins without it";
      problems.add(root.positionOf("cors_origins"), "cors_origins", message);
    }
    warnOfOtherOrigins(cors.origins(), root.positionOf("cors_origins"));
    return cors;
  }

  private void warnOfOtherOrigins(List<String> origins, Position position) {
    for (int i = 0; i < origins.size(); i++) {
      if (!ORIGIN.matcher(origins.get(i)).matches()) {
        String message =
            "no browser sends such an origin; write https://host or https://host:port, and nothing"
                + " after it";
        problems.warn(position, ConfigPath.item("cors_origins", i), message);
      }
    }
  }
}
