package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.config.Secret;
import java.util.ArrayList;
import java.util.List;

/// The secrets that go upstream with a call, to be kept out of what an upstream says: some repeat
/// the key that they refuse.
///
/// @param values the texts themselves
record KnownSecrets(List<String> values) {
  /// Shorter ones are ordinary words, `ollama` for instance.
  private static final int MIN_LENGTH = 8;

  private static final String MASK = "[secret removed]";

  static KnownSecrets of(OpenAICompatibleConfig config, CallContext call) {
    List<String> values = new ArrayList<>();
    config.apiKey().map(Secret::value).ifPresent(values::add);
    RequestHeaders.keyOfCall(call).map(Secret::value).ifPresent(values::add);
    call.callerAuthorization()
        .map(header -> header.value().substring(header.value().lastIndexOf(' ') + 1))
        .ifPresent(values::add);
    config.headers().values().forEach(value -> values.add(value.value()));
    values.removeIf(value -> value.length() < MIN_LENGTH);
    return new KnownSecrets(List.copyOf(values));
  }

  String removedFrom(String text) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, MASK);
    }
    return clean;
  }

  /// Does not show them.
  @Override
  public String toString() {
    return "KnownSecrets";
  }
}
