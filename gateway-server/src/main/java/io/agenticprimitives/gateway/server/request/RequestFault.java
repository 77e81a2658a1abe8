package io.agenticprimitives.gateway.server.request;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.List;
import java.util.Optional;

/// Something that is wrong with the body of a request, in the form of the original project.
///
/// @param type a word for what is wrong, `missing` for instance
/// @param loc where: `body`, then names of fields and indexes
/// @param msg what is expected
/// @param input what was found, shortened if it is long
/// @param ctx further details
public record RequestFault(
    String type, List<Object> loc, String msg, JsonText input, Optional<JsonText> ctx) {
  public RequestFault {
    loc = List.copyOf(loc);
  }
}
