@NullMarked
package io.agenticprimitives.gateway.server.reload;

import org.jspecify.annotations.NullMarked;
