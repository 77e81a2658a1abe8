package io.agenticprimitives.gateway.api;

import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.Optional;

/// One call of one caller: its identity, limits and credentials. It must not be kept after the call
/// has ended. Methods may be added, always with a default.
///
/// The gateway itself enforces the deadlines of a call by closing its stream, or by interrupting
/// the thread where a method blocks; a backend needs no timers of its own.
public interface CallContext {

  /// The id of the caller's request, safe to be sent in a header and logged.
  String requestId();

  /// The time that is left for the call, never negative.
  Duration remaining();

  /// A credential that came with this very call, from a header `X-Cred-<service>-<key>` or
  /// `X-AWS-...` (service `aws`).
  ///
  /// @param service in lower case, `openai` for instance
  /// @param key in lower case with underscores, `api_key` for instance
  Optional<Secret> credential(String service, String key);

  /// The `Authorization` header of the caller, whole, if the operator has chosen to pass it on to
  /// this backend (`pass_authorization`). It goes before the backend's own key.
  default Optional<Secret> callerAuthorization() {
    return Optional.empty();
  }

  /// The W3C `traceparent` of the call, for a header of that name to the upstream; empty if calls
  /// are not traced.
  default Optional<String> traceParent() {
    return Optional.empty();
  }

  /// Reports that something the caller asked for is not passed on as it was given. The caller is
  /// told, so nothing is lost in silence.
  ///
  /// @param path where it stands in the request, `messages[2].content[0].cache_control` for
  ///   instance
  /// @param action what was done with it
  /// @param reason why, in a sentence for the caller
  /// @throws BackendException if the caller wants no adjustments; let it pass
  void adjusted(String path, Action action, String reason);

  /// Passes on a header of the upstream's answer, an error included. The gateway hands on those
  /// that tell callers about their limits (`x-ratelimit-...` and the like) and the upstream's own
  /// id of the request; it ignores all others.
  ///
  /// @param name in any case
  default void answerHeader(String name, String value) {}

  /// Says that so much more memory is needed for an answer that cannot be passed on as it comes:
  /// the body of an answer in one piece, an event as long as a book. What is less than some 64 kB
  /// in all need not be told. The gateway has a limit for all calls together, so that upstreams
  /// with endless answers harm nobody else; it counts the memory as free again when the call ends.
  ///
  /// @param bytes of the heap, copies and parsed forms included; not negative
  /// @throws BackendException if there is no room; let it pass
  default void reserveMemory(long bytes) {}

  /// What was done with a part of the request that the upstream has no word for.
  enum Action {
    /// It was left out.
    DROPPED,
    /// It was replaced by something near to it.
    CHANGED
  }
}
