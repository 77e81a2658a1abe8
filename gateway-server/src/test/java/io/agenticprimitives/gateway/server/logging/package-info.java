@NullMarked
package io.agenticprimitives.gateway.server.logging;

import org.jspecify.annotations.NullMarked;
