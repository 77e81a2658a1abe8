package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.AuthConfig.ApiKey;
import io.agenticprimitives.gateway.core.config.AuthConfig.Backend;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the block `auth`. What it cannot honour it refuses.
final class AuthReader {
  private static final String API_KEY = "api_key";

  private final Blocks blocks;
  private final Problems problems;

  AuthReader(Blocks blocks, Problems problems) {
    this.blocks = blocks;
    this.problems = problems;
  }

  /// The block as it is written.
  record AuthBlock(
      @Default("noop") String backend, List<KeyBlock> apiKeys, Optional<Mapping> jwt) {}

  /// One entry of `auth.api_keys`.
  record KeyBlock(
      @Doc("The text that callers send.") Secret key,
      Optional<String> principalId,
      @Default("user") String principalType,
      List<String> groups,
      List<String> scopes) {}

  /// Empty if there are problems.
  Optional<AuthConfig> read() {
    Optional<Mapping> block = blocks.block("auth");
    if (block.isEmpty() || !isSupported(block.get())) {
      return Optional.empty();
    }
    return RecordBinder.bind(block.get(), AuthBlock.class, "auth", problems)
        .flatMap(auth -> config(auth, block.get()));
  }

  private boolean isSupported(Mapping block) {
    Optional<ConfigNode> backend = block.get("backend");
    if (backend.isEmpty() || !(backend.get() instanceof Scalar scalar) || scalar.isNull()) {
      return true;
    }
    if (isNoop(scalar.text()) || isApiKey(scalar.text())) {
      return true;
    }
    String message =
        "this gateway cannot authenticate callers by %s; it has noop and api_key"
            .formatted(Wording.found(scalar));
    problems.add(scalar.position(), "auth.backend", message);
    return false;
  }

  private static boolean isNoop(String backend) {
    return ProviderNames.isNoop(backend);
  }

  private static boolean isApiKey(String backend) {
    return ProviderNames.isOf(backend, API_KEY);
  }

  private Optional<AuthConfig> config(AuthBlock auth, Mapping block) {
    List<KeyBlock> keys = auth.apiKeys();
    if (isApiKey(auth.backend()) == keys.isEmpty()) {
      String message =
          keys.isEmpty()
              ? "no key is given, so nobody could call; add entries with key: and principal_id:"
              : "keys are given, but nobody is asked for one; write auth.backend: api_key";
      problems.add(block.positionOf("api_keys"), "auth.api_keys", message);
      return Optional.empty();
    }
    Set<Secret> seen = new HashSet<>();
    List<ApiKey> apiKeys = new ArrayList<>();
    for (KeyBlock key : keys) {
      String path = ConfigPath.item("auth.api_keys", apiKeys.size());
      if (!seen.add(key.key())) {
        problems.add(block.positionOf("api_keys"), path, "the same key is given twice");
      }
      apiKeys.add(apiKey(key, apiKeys.size() + 1));
    }
    return Optional.of(new AuthConfig(keys.isEmpty() ? Backend.NOOP : Backend.API_KEY, apiKeys));
  }

  /// In the original project a principal without a name is called like its key, which so gets into
  /// logs and answers.
  private static ApiKey apiKey(KeyBlock block, int number) {
    return new ApiKey(
        block.key(),
        block.principalId().orElse("api-key-" + number),
        block.principalType(),
        block.groups(),
        block.scopes());
  }
}
