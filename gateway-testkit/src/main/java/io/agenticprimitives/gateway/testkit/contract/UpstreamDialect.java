package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.testkit.Script;
import java.util.List;

/// How the upstream of a provider says things: what the author of a provider writes so that the
/// contract can play that upstream. Scripts are complete, correct answers; the contract damages
/// them where it wants to.
public interface UpstreamDialect {

  /// A completion. The script has a head and then nothing but bytes of the body, and is complete:
  /// [Script#sse], [Script#json] and [Script#bytes] make such scripts.
  ///
  /// @param delivery streamed or whole
  Script answer(UpstreamAnswer answer, Delivery delivery);

  /// An error.
  ///
  /// @param status the HTTP status
  /// @param message what the upstream says of it
  Script failure(int status, String message);

  /// A list of models. Not asked for without [Capability#MODEL_LIST].
  ///
  /// @param names in the upstream's order
  Script models(List<String> names);
}
