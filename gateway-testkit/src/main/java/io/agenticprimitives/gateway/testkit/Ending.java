package io.agenticprimitives.gateway.testkit;

/// How and when a connection ended; whoever was first decides.
///
/// @param byPeer whether the peer closed its side, in contrast to the server
/// @param reason for messages
/// @param nanoTime [System#nanoTime()] of the moment
record Ending(boolean byPeer, String reason, long nanoTime) {

  static Ending byPeer(String reason) {
    return new Ending(true, reason, System.nanoTime());
  }

  static Ending byServer(String reason) {
    return new Ending(false, reason, System.nanoTime());
  }
}
