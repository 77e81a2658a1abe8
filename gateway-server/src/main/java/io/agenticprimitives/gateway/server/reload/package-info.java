/// Putting another configuration in the place of the one that serves, without losing a call.
@NullMarked
package io.agenticprimitives.gateway.server.reload;

import org.jspecify.annotations.NullMarked;
