package io.agenticprimitives.gateway.testkit.contract;

/// What is wrong with a [LineBackend].
enum Fault {
  NONE,
  /// It takes the end of the answer for a finish.
  MAKES_UP_FINISH,
  /// It forgets pictures.
  DROPS_PICTURES,
  /// It passes on the upstream's words with the key in them.
  TELLS_SECRETS,
  /// It throws what its library throws.
  LETS_EXCEPTIONS_OUT,
  /// Closing it does not end the wait.
  IGNORES_CLOSE,
  /// It waits in `stream`.
  WAITS_IN_STREAM,
  /// It calls every failure one of the upstream.
  KNOWS_ONE_KIND,
  /// It keeps what a call said where the next one finds it.
  MIXES_CALLS
}
