package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.testkit.Framing;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The answer of a script as head and bytes, to be sent in other pieces or damaged.
///
/// @param head without its framing
record Body(Step.Respond head, Payload payload) {

  static Body of(Script script) {
    List<Step.Respond> heads = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Respond respond ->
            heads.add(new Step.Respond(respond.status(), respond.headers(), new Framing.Chunked()));
        case Step.Send send -> bytes.writeBytes(send.payload().bytes());
        case Step.SendInPieces send -> bytes.writeBytes(send.payload().bytes());
        case Step.SendSizes send -> bytes.writeBytes(send.payload().bytes());
        case Step.EndChunks _ -> {}
        default ->
            throw new IllegalArgumentException(
                "An answer of the dialect must be a head and bytes of its body, and complete; "
                    + step
                    + " is neither. The contract damages answers itself.");
      }
    }
    if (heads.isEmpty()) {
      throw new IllegalArgumentException("An answer of the dialect needs a Step.Respond");
    }
    return new Body(heads.getFirst(), Payload.of(bytes.toByteArray()));
  }

  int size() {
    return payload.size();
  }

  /// All of it, in pieces of one size.
  Script inPieces(int size) {
    return payload.size() == 0
        ? Script.of(head, new Step.EndChunks())
        : Script.of(head, new Step.SendInPieces(payload, size), new Step.EndChunks());
  }

  /// The first bytes, and then this.
  Script upTo(int length, Step ending) {
    return length == 0
        ? Script.of(head, ending)
        : Script.of(head, new Step.Send(start(length)), ending);
  }

  private Payload start(int length) {
    return Payload.of(Arrays.copyOf(payload.bytes(), length));
  }
}
