package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.List;
import java.util.Optional;

/// Stand-in.
public record RequestFault(
    String type, List<Object> loc, String msg, JsonText input, Optional<JsonText> ctx) {}
