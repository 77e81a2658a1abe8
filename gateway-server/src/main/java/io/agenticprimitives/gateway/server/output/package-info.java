/// What answers are made of, whatever dialect they are in: JSON, the pieces of an event stream, and
/// the one form that all failures take.
@NullMarked
package io.agenticprimitives.gateway.server.output;

import org.jspecify.annotations.NullMarked;
