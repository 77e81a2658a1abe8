package io.agenticprimitives.gateway.provider.bedrock;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Gives the calls of one conversation ids that Converse takes: 1 to 64 letters, digits, `_`, `.`,
/// `:` and `-` (Mistral's models: exactly nine letters and digits), each used once. What the ids
/// become depends on the calls before only, so a growing conversation keeps them.
final class CallIds {
  private static final Pattern ACCEPTED = Pattern.compile("[a-zA-Z0-9_.:-]{1,64}");
  private static final Pattern ACCEPTED_SHORT = Pattern.compile("[a-zA-Z0-9]{9}");

  private final boolean shortIds;
  private final Set<String> taken = new HashSet<>();

  /// @param shortIds whether ids have exactly nine letters and digits
  CallIds(boolean shortIds) {
    this.shortIds = shortIds;
  }

  /// The id for the next call of the conversation.
  ///
  /// @param callerId the caller's id, possibly empty or used before
  String next(String callerId) {
    Pattern accepted = shortIds ? ACCEPTED_SHORT : ACCEPTED;
    String id = callerId;
    for (int attempt = 0; !accepted.matcher(id).matches() || taken.contains(id); attempt++) {
      String fingerprint = Fingerprint.of(callerId + "#" + attempt);
      id = shortIds ? fingerprint : "call_" + fingerprint;
    }
    taken.add(id);
    return id;
  }
}
