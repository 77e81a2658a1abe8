/// Traces of calls for OpenTelemetry collectors. Nothing here is loaded into the way of a call
/// unless traces are wanted.
@NullMarked
package io.agenticprimitives.gateway.server.tracing;

import org.jspecify.annotations.NullMarked;
